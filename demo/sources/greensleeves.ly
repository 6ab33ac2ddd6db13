% Own arrangement for piano, two verses.
\version "2.24.0"
\header {
  title = "Greensleeves"
  composer = "English, 16th century"
  copyright = "Encoded for Scorebridge, CC0"
}
verse = {
  g'4 a'8 b'8. c''16 b'8 | a'4 fis'8 d'8. e'16 fis'8 | g'4 e'8 e'8. dis'16 e'8 | fis'4 dis'8 b4 e'8 |
  g'4 a'8 b'8. c''16 b'8 | a'4 fis'8 d'8. e'16 fis'8 | g'8. fis'16 e'8 dis'8. cis'16 dis'8 | e'4. e'4 r8 |
  d''4. d''8. cis''16 b'8 | a'4 fis'8 d'8. e'16 fis'8 | g'4 e'8 e'8. dis'16 e'8 | fis'4 dis'8 b4. |
  d''4. d''8. cis''16 b'8 | a'4 fis'8 d'8. e'16 fis'8 | g'8. fis'16 e'8 dis'8. cis'16 dis'8 |
}
right = {
  \clef treble \key e \minor \time 6/8 \tempo "Andante" 4. = 50
  \partial 8 e'8\p | \verse e'4. e'4 e''8\mf | \transpose c c' \verse <g' b' e''>4. q4 \bar "|."
}
left = {
  \clef bass \key e \minor \time 6/8
  \partial 8 r8 |
  e,8 b, e g e b, | d,8 a, d fis d a, | c,8 g, c e c g, | b,,8 fis, b, dis4. |
  e,8 b, e g e b, | d,8 a, d fis d a, | e,8 b, e b,, fis, b, | e,8 b, e g4 r8 |
  g,8 d g b g d | d,8 a, d fis d a, | c,8 g, c e c g, | b,,8 fis, b, dis4. |
  g,8 d g b g d | d,8 a, d fis d a, | e,8 b, e b,, fis, b, | e,8 b, e g4 r8 |
  e4 <g b>8 q4 q8 | d4 <fis a>8 q4 q8 | c4 <e g>8 q4 q8 | b,4 <dis fis a>8 q4 q8 |
  e4 <g b>8 q4 q8 | d4 <fis a>8 q4 q8 | e4 <g b>8 b,4 <dis fis a>8 | e4 <g b>8 e,4 r8 |
  g,4 <d g b>8 q4 q8 | d4 <fis a>8 q4 q8 | c4 <e g>8 q4 q8 | b,4 <dis fis a>8 q4 q8 |
  g,4 <d g b>8 q4 q8 | d4 <fis a>8 q4 q8 | e4 <g b>8 b,4 <dis fis a>8 | <e, b,>4. q4
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
