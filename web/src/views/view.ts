/** What the shell knows of a view. */
export interface View {
  title: string;
  close(): void;
  /** Takes files that are dropped while the view is open; without it they are added to the library. */
  drop?(files: File[]): void;
}
