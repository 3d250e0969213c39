/** What the shop's API answers, as far as simulated shoppers read it. */

export interface ArticleRow {
  readonly article_id: number;
  readonly name: string;
  readonly is_available?: boolean;
}

export interface Rows<T> {
  readonly rows: readonly T[];
}

export interface CataloguePage extends Rows<ArticleRow> {
  readonly next_cursor: string | null;
}

export interface Offers extends Rows<ArticleRow> {
  readonly source: string;
}

export interface Article {
  readonly article_id: number;
  readonly available_quantity: number;
}

export interface Category {
  readonly slug: string;
  readonly article_count: number;
}

export interface Facets {
  readonly rows: readonly { readonly facet: string; readonly value: string }[];
}

export interface CartLine {
  readonly article_id: number;
  readonly quantity: number;
  readonly is_available: boolean;
}

export interface Shop {
  readonly payment_methods: readonly { readonly method: string }[];
}

export interface Placed {
  readonly order_id: number;
  readonly total_minor: number;
  readonly order_token: string | null;
  readonly payments: readonly { readonly status: string }[];
}

export interface Order {
  readonly order_id: number;
  readonly status: string;
  readonly lines: readonly {
    readonly order_item_id: number;
    readonly article_id: number;
    readonly quantity: number;
    readonly returned_quantity: number;
    readonly requested_quantity: number;
  }[];
}
