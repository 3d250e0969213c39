/** Where customers live, and what they are called. In postal patterns `9` stands for a digit and `A` for a letter. */
export interface Country {
  readonly code: string;
  /** Share of customers, relative to the other countries. */
  readonly weight: number;
  /** Value-added or sales tax on goods, as a ratio. */
  readonly taxRate: number;
  readonly cities: readonly (readonly [city: string, postalPattern: string])[];
}

export const COUNTRIES: readonly Country[] = [
  {
    code: "GB",
    weight: 62,
    taxRate: 0.2,
    cities: [
      ["London", "SE9 9AA"],
      ["Manchester", "M9 9AA"],
      ["Birmingham", "B9 9AA"],
      ["Leeds", "LS9 9AA"],
      ["Glasgow", "G9 9AA"],
      ["Bristol", "BS9 9AA"],
      ["Edinburgh", "EH9 9AA"],
      ["Cardiff", "CF9 9AA"],
    ],
  },
  {
    code: "IE",
    weight: 8,
    taxRate: 0.23,
    cities: [
      ["Dublin", "D09 A9A9"],
      ["Cork", "T12 A9A9"],
      ["Galway", "H91 A9A9"],
    ],
  },
  {
    code: "DE",
    weight: 8,
    taxRate: 0.19,
    cities: [
      ["Berlin", "10999"],
      ["Hamburg", "20999"],
      ["München", "80999"],
      ["Köln", "50999"],
    ],
  },
  {
    code: "FR",
    weight: 7,
    taxRate: 0.2,
    cities: [
      ["Paris", "75019"],
      ["Lyon", "69009"],
      ["Marseille", "13019"],
    ],
  },
  {
    code: "NL",
    weight: 5,
    taxRate: 0.21,
    cities: [
      ["Amsterdam", "1099 AA"],
      ["Rotterdam", "3099 AA"],
      ["Utrecht", "3599 AA"],
    ],
  },
  {
    code: "ES",
    weight: 4,
    taxRate: 0.21,
    cities: [
      ["Madrid", "28099"],
      ["Barcelona", "08099"],
      ["Málaga", "29019"],
    ],
  },
  {
    code: "SE",
    weight: 3,
    taxRate: 0.25,
    cities: [
      ["Stockholm", "119 99"],
      ["Göteborg", "419 99"],
    ],
  },
  {
    code: "US",
    weight: 3,
    taxRate: 0,
    cities: [
      ["New York", "10099"],
      ["Boston", "02199"],
      ["Chicago", "60699"],
    ],
  },
];

const words = (text: string): readonly string[] => text.split(" ");

export const FEMALE_NAMES = words(
  "Amelia Olivia Isla Ava Grace Freya Emily Sophie Charlotte Zoe Anna Clara Greta Lena Marie Camille Elise Manon Sanne Fleur Lucia Sofia Elin Astrid Aoife Niamh Hannah Priya Fatima Mei Chloe Ruth Nadia Ingrid Rosa Harriet Leila Beatrice Joan Yasmin",
);

export const MALE_NAMES = words(
  "Oliver George Harry Jack Noah Leo Oscar Arthur Thomas Daniel Felix Jonas Lukas Paul Hugo Louis Antoine Bram Daan Pablo Mateo Erik Nils Conor Sean James Samuel Arjun Omar Wei Callum Edward Ivan Marco Rhys Kwame Ibrahim Peter David Adam",
);

export const FAMILY_NAMES = words(
  "Smith Jones Taylor Brown Williams Wilson Evans Thomas Roberts Walker Wright Hughes Green Hall Wood Clarke Patel Khan Murphy Kelly Byrne Ryan Müller Schmidt Weber Fischer Wagner Becker Martin Bernard Dubois Laurent Moreau Jansen Visser Bakker Mulder García López Torres Ruiz Lindberg Nyström Berg Campbell Stewart Reid Morgan Price Ahmed Chen Singh Okafor Rossi Novak Kowalski Silva Costa Bennett Foster Harrison Marsh Holloway Ellis Carver Whitfield Barlow Pemberton Ashworth Lowe",
);
