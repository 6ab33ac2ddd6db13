% Own setting of the ground, with two variations of our own.
\version "2.24.0"
\header {
  title = "La Folia"
  subtitle = "Theme and two variations"
  composer = "Iberian ground, 17th century"
  copyright = "Encoded for Scorebridge, CC0"
}
right = {
  \clef treble \key d \minor \time 3/4 \tempo "Adagio" 4 = 84
  <f' a' d''>4\mf q4. e''8 | <e' a' cis''>4 q2 | <f' a' d''>4 q4. e''8 | <g' c'' e''>4 q2 |
  <a' c'' f''>4 q4. g''8 | <g' c'' e''>4 q2 | <f' a' d''>4 q4. e''8 | <e' a' cis''>2. |
  <f' a' d''>4 q4. e''8 | <e' a' cis''>4 q2 | <f' a' d''>4 q4. e''8 | <g' c'' e''>4 q2 |
  <a' c'' f''>4 q4. g''8 | <g' c'' e''>4 q4. f''8 | <f' a' d''>4 e''8 d'' cis''4 | <f' a' d''>2. \bar "||" \tempo "Var. I" 4 = 104
  d''8\p a' f' a' d'' f'' | e'' cis'' a' cis'' e'' cis'' | d'' a' f' a' d'' f'' | e'' c'' g' c'' e'' g'' |
  f'' c'' a' c'' f'' a'' | g'' e'' c'' e'' g'' e'' | f'' d'' a' d'' f'' d'' | cis'' e'' a'' g'' f'' e'' |
  d'' e'' f'' e'' d'' f'' | e'' cis'' a' b' cis'' a' | d'' e'' f'' g'' a'' f'' | g'' e'' c'' d'' e'' c'' |
  f'' g'' a'' g'' f'' a'' | g'' e'' c'' e'' g'' e'' | f'' d'' e'' d'' cis'' e'' | d''2. \bar "||" \tempo "Var. II" 4 = 112
  r4 <a' d'' f''>2\f | r4 <a' cis'' e''>2 | r4 <a' d'' f''>2 | r4 <c'' e'' g''>2 |
  r4 <c'' f'' a''>2 | r4 <c'' e'' g''>2 | r4 <a' d'' f''>2 | <e' a' cis''>4 q2 |
  r4 <a' d'' f''>2 | r4 <a' cis'' e''>2 | r4 <a' d'' f''>2 | r4 <c'' e'' g''>2 |
  r4 <c'' f'' a''>2 | r4 <c'' e'' g''>2 | <a' d'' f''>4 <a' d'' e''> <a' cis''> | <f' a' d''>2. \bar "|."
}
left = {
  \clef bass \key d \minor \time 3/4
  <d a>2. | <a, a>2. | <d a>2. | <c g>2. | <f c'>2. | <c g>2. | <d a>2 f4 | <a, a>2. |
  <d a>2. | <a, a>2. | <d a>2. | <c g>2. | <f c'>2. | <c g>2. | <d a>4 <a, a>2 | <d, d>2. |
  d4 <f a>2 | a,4 <e g>2 | d4 <f a>2 | c4 <e g>2 | f4 <a c'>2 | c4 <e g>2 | d4 <f a>2 | a,4 <e a>2 |
  d4 <f a>2 | a,4 <e g>2 | d4 <f a>2 | c4 <e g>2 | f4 <a c'>2 | c4 <e g>2 | d4 a, a, | d,2. |
  d8 a, d e f d | a,8 e a g f e | d8 a, d e f d | c8 g, c d e c |
  f8 c f g a f | c8 e g f e c | d8 a, d f a f | a8 g f e d cis |
  d8 e f e d f | a,8 b, cis d e cis | d8 e f d a, d | c8 d e f g e |
  f8 g a f c f | c8 g e c g, c | d8 f a4 a, | <d, d>2. |
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
