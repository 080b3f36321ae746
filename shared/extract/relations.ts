// Those of whom visitors speak: relatives and colleagues, in the forms their own words take.

/** Alternatives of a regular expression over text in lower case. */
export const relations =
  'mother|mom|mum|father|dad|wife|husband|son|daughter|brother|sister|boss|colleague|friend|neighbou?r|partner|landlord|madre|padre|hermano|hermana|marido|esposa|jefe|mãe|pai|irmão|irmã|mère|père|frère|sœur|mari|femme|patron|marito|moglie|fratello|sorella|capo|mutter|vater|frau|mann|bruder|schwester|chef|moeder|vader|baas|mamy|taty|żony|męża|brata|siostry|мамы|папы|мужа|жены|брата|сестры|друга|annemin|babamın|eşimin|kollegen?|kollegin|freund|freundin|collègue|ami|amie|compañer[oa]|colega|amig[oa]|collega|amic[oa]|vriend|vriendin|kolegi|koleżanki|szefa|szefowej|коллеги|коллега|начальника|meslektaşım|arkadaşım|müdürüm';
