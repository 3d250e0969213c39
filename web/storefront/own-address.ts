/** Where to go on after signing in: a path of this shop; anything else, such as another site, is the profile. */
export const ownAddress = (next: string | undefined): string =>
  next !== undefined && /^\/(?!\/)[\w/-]*$/.test(next) ? next : "/profile";
