/** What a person or program may do; each role may do all that the ones before it may. */
export const roles = ["viewer", "analyst", "admin"] as const;
export type Role = (typeof roles)[number];

export interface Principal {
  readonly name: string;
  readonly role: Role;
}

/** Whether `role` includes what `needed` allows. */
export const mayAct = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);
