/** Pattern mining: what is bought together. */
export { type AssociationRule, associationRules, type RuleOptions } from "./association-rules.ts";
export { type Baskets, basketsOfLines, basketsOfLists } from "./baskets.ts";
export { countOfShare } from "./frequent-item-sets.ts";
