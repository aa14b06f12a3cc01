/** Words that the names of the shop are made of. */
export const adjectives =
  "Amber Brittle Copper Distant Electric Faded Gentle Hollow Ivory Jagged Kind Lunar Silent Velvet Wild".split(" ");
export const nouns =
  "Anchors Bridges Comets Doors Engines Forests Harbours Islands Lanterns Mirrors Rivers Sparrows Towers".split(" ");
export const verbs = "Breathe Climb Dance Fall Glow Listen Remember Return Sail Sleep Wait Wander".split(" ");
export const places = "at Dawn|by the Sea|in Winter|on the Hill|over Stones|under Glass|without You".split("|");
export const genres = "Ambient Baroque Blues Disco Folk Jazz Polka Reggae Rock Techno".split(" ");
export const firstNames = "Ada Bela Chidi Dana Elif Femi Greta Hugo Ines Jun Kofi Lena Mira Noor Otto Pia".split(" ");
export const lastNames = "Abe Berg Costa Diallo Eriksen Fontaine Gruber Haddad Ito Jansen Kowalski Lopez Moreau".split(
  " ",
);
export const countries = "Brazil Canada Finland Ghana India Japan Morocco Portugal".split(" ");
