% The first part, with both repeats (the recording plays them).
% In bars 13 to 15 the division between the hands is simplified.
\version "2.24.0"
\header {
  title = "Für Elise"
  subtitle = "Erster Teil"
  composer = "Ludwig van Beethoven"
  opus = "WoO 59"
  copyright = "Encoded for Scorebridge, CC0"
}
refrain = { e''16 dis'' e'' b' d'' c'' | a'8 r16 c' e' a' | b'8 r16 e' gis' b' | c''8 r16 e' e'' dis'' |
  e''16 dis'' e'' b' d'' c'' | a'8 r16 c' e' a' | b'8 r16 e' c'' b' | }
ground = { r4. | a,16 e a r r8 | e,16 e gis r r8 | a,16 e a r r8 |
  r4. | a,16 e a r r8 | e,16 e gis r r8 | }
right = {
  \clef treble \key a \minor \time 3/8 \tempo "Poco moto" 8 = 126
  \repeat volta 2 { \partial 8 e''16\pp dis'' | \refrain }
  \alternative { { a'4 } { a'8 r16 b' c'' d'' | } }
  \repeat volta 2 {
    e''8.\mf g'16 f'' e'' | d''8. f'16 e'' d'' | c''8. e'16 d'' c'' | b'8\p r16 e' e'' r |
    r16 e'' e''' r r dis'' | e''16 r r dis'' e'' dis'' | \refrain
  }
  \alternative { { a'8 r16 b' c'' d'' | } { a'4. | } }
  \bar "|."
}
left = {
  \clef bass \key a \minor \time 3/8
  \repeat volta 2 { \partial 8 r8 | \ground }
  \alternative { { a,16 e a r } { a,16 e a r r8 | } }
  \repeat volta 2 {
    c16 g c' r r8 | g,16 g b r r8 | a,16 e a r r8 | e,16 e r8 r16 e' | \clef treble
    e'16 r r8 dis'16 r | r16 dis' e' r r8 | \clef bass \ground
  }
  \alternative { { a,16 e a r r8 | } { a,16 e a8 r | } }
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { }
}
\score {
  \unfoldRepeats \new PianoStaff << \new Staff \right \new Staff \left >>
  \midi { }
}
