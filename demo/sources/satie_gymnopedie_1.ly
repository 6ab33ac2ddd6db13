% The first half (39 bars). Melody as printed; the inner notes of the
% accompaniment from bar 17 on are our own, on Satie's harmonies.
\version "2.24.0"
\header {
  title = "Première Gymnopédie"
  composer = "Erik Satie"
  copyright = "Encoded for Scorebridge, CC0"
}
right = {
  \clef treble \key d \major \time 3/4 \tempo "Lent et douloureux" 4 = 76
  R2.*4 | r4 fis''(\pp a'' | g'' fis'' cis'' | b' cis'' d'' | a'2.) | fis'2.~ | fis'2.~ | fis'2.~ | fis'2. |
  r4 fis''( a'' | g'' fis'' cis'' | b' cis'' d'' | a'2.) | cis''2.( | fis''2. | e'2.~) | e'2.~ | e'2. |
  a'4(\f b' c'' | e'' d'' b' | d'' c'' b' | d''2.~ | d''2) d''4( | e'' f'' g'' | a'' c'' d'' | e'' d'' b' | d''2.~ | d''2) d''4 |
  g''2.(\p | fis''2.) | b'4( a' b' | cis'' d'' e'' | cis'' d'' e'') | fis'2. | <c' e' a' c''>2.\pp | <d' fis' a' d''>2. \bar "|."
}
low = { g,2. | d | g, | d | g, | d | g, | d | g, | d | g, | d | g, | d | g, | d |
  fis,2. | b, | e, | e, | d, | a, | d | d | d | d | d | d | d | d | d | e, | fis, | b, | e, | e, | a, | a, | d, | }
accomp = { r4 <b d' fis'>2 | r4 <a cis' fis'>2 | r4 <b d' fis'>2 | r4 <a cis' fis'>2 | r4 <b d' fis'>2 | r4 <a cis' fis'>2 |
  r4 <b d' fis'>2 | r4 <a cis' fis'>2 | r4 <b d'>2 | r4 <a cis'>2 | r4 <b d'>2 | r4 <a cis'>2 |
  r4 <b d' fis'>2 | r4 <a cis' fis'>2 | r4 <b d' fis'>2 | r4 <a cis' fis'>2 |
  r4 <a cis' fis'>2 | r4 <fis b d'>2 | r4 <g b d'>2 | r4 <g b d'>2 | r4 <a d'>2 |
  r4 <a c' e'>2 | r4 <g b d'>2 | r4 <fis a c'>2 | r4 <f a d'>2 | r4 <f a d'>2 | r4 <g b e'>2 | r4 <a c' f'>2 | r4 <g b e'>2 | r4 <f a d'>2 | r4 <f a d'>2 |
  r4 <g b e'>2 | r4 <a cis' fis'>2 | r4 <fis b d'>2 | r4 <g b e'>2 | r4 <g b e'>2 | r4 <g cis' e'>2 | r4 <e a>2 | r4 <d fis a>2 | }
\score {
  \new PianoStaff <<
    \new Staff = "up" \right
    \new Staff = "down" << \clef bass \key d \major \new Voice { \voiceOne \accomp } \new Voice { \voiceTwo \low } >>
  >>
  \layout { } \midi { }
}
