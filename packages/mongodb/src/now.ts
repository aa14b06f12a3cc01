/** Stands for the moment of an insert. */
export class Now {
  readonly kind = "now";
}
