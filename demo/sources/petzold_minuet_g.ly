% Text as in the usual editions of the Anna Magdalena notebook, ornaments left out.
\version "2.24.0"
\header {
  title = "Menuet in G"
  composer = "Christian Petzold"
  opus = "BWV Anh. 114"
  copyright = "Encoded for Scorebridge, CC0"
}
right = \relative c'' {
  \clef treble \key g \major \time 3/4 \tempo 4 = 116
  d4\mf g,8( a b c) | d4 g,-. g-. | e'4 c8( d e fis) | g4 g,-. g-. |
  c4 d8( c b a) | b4 c8( b a g) | fis4 g8( a b g) | a2. |
  d4 g,8( a b c) | d4 g,-. g-. | e'4 c8( d e fis) | g4 g,-. g-. |
  c4 d8( c b a) | b4 c8( b a g) | a4 b8( a g fis) | g2. | \bar "||"
  b'4\f g8( a b g) | a4 d,8( e fis d) | g4 e8( fis g d) | cis4 b8( cis a4) |
  a8 b cis d e fis | g4 fis e | fis4 a, cis | d2. |
  d4\p g,8( fis g4) | e'4 g,8( fis g4) | d'4 c b | a8( g fis g a4) |
  d,8\cresc e fis g a b | c4\f b a | b8 d g,4 fis | <b, d g>2. \bar "|."
}
left = \relative c' {
  \clef bass \key g \major \time 3/4
  <g b d>2 a4 | b2. | c2. | b2. | a2. | g2. | d'4 b g | d'4 d,8 c' b a |
  b2 a4 | g4 b g | c2. | b4 c8 b a g | a2 fis4 | g2 b4 | c4 d d, | g2 g,4 |
  g'2. | fis2. | e4 g e | a2 a,4 | a'2. | b4 d cis | d4 fis, a | d4 d, c' |
  b2 b4 | c2 c4 | b4 a g | d'2 r4 | d,2 fis4 | e4 g fis | g4 b, d | g4 d g, |
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
