declare module "virtual:catalogues" {
  /** language → English id → translation */
  const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default catalogues;
}
