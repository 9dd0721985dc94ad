declare module "virtual:catalogues" {
  /** language → English id → translation */
  const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default catalogues;
}
declare module "virtual:phone-catalogues" {
  /** The same, of only what the shopper's page says. */
  const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default catalogues;
}
