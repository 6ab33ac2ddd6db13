% Introduction and first strain. Melody as printed; the left hand is simplified by us.
\version "2.24.0"
\header {
  title = "The Entertainer"
  subtitle = "A Rag Time Two Step: first strain"
  composer = "Scott Joplin"
  copyright = "Encoded for Scorebridge, CC0"
}
call = { e'16 c''8 e'16 c''8 e'16 c''16~ | }
answer = { c''4~ c''16 <e'' c'''> <f'' d'''> <fis'' dis'''> | <g'' e'''>16 <e'' c'''> <f'' d'''> <g'' e'''>8 <d'' b''>16 <f'' d'''>8 | }
right = {
  \clef treble \key c \major \time 2/4 \tempo "Not fast" 4 = 76
  \ottava #0 d'''16\f e''' c''' a''~ a'' b'' g''8 | d''16 e'' c'' a'~ a' b' g'8 | d'16 e' c' a~ a b a aes | g8 r <g' b' d'' g''>8 d'16\p dis' |
  \call \answer <e'' c'''>4. d'16 dis' |
  \call c''4~ c''8 a''16 g'' | fis''16 a'' c''' e'''8 d'''16 c''' a'' | d'''4. d'16 dis' |
  \call \answer <e'' c'''>4. c'''16\f d''' |
  e'''16 c''' d''' e'''8 c'''16 d''' c''' | e''' c''' d''' e'''8 c'''16 d''' c''' | e''' c''' d''' e'''8 b''16 d'''8 | <e'' g'' c'''>8 r <e' g' c''> r \bar "|."
}
phrase = { c8 <g c' e'> bes, <g bes c' e'> | a,8 <a c' f'> g, <g c' e'> | g,8 <g c' e'> g, <f g b> | }
left = {
  \clef treble \key c \major \time 2/4
  d''16 e'' c'' a'~ a' b' g'8 | \clef bass d'16 e' c' a~ a b g8 | d16 e c a,~ a, b, a, aes, | g,8 r <g,, g,> r |
  \phrase c8 <g c' e'> g, r |
  c8 <g c' e'> bes, <g bes c' e'> | a,8 <a c' f'> a, <a c'> | d8 <fis a c'> a, <fis a c'> | g,8 <g b d'> g, r |
  \phrase c8 <g c' e'> c r |
  c8 <g c' e'> bes, <g c' e'> | a,8 <a c' f'> aes, <aes c' f'> | g,8 <g c' e'> g, <f g b> | <c c'> g, <c, c> r |
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
