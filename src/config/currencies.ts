/** Currencies of ISO 4217: their codes, and in how many decimals their amounts are counted. */

/** Minor digits of ISO 4217 currencies that do not have two. */
export const decimalsOfCurrency: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Codes of currencies in use and of those that were, such as DEM. */
export const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** Minor units in one major unit, as a power of ten: 2 for GBP, 0 for JPY, 3 for KWD. */
export const currencyDecimals = (currency: string): number => decimalsOfCurrency[currency] ?? 2;
