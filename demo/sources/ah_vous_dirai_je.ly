% Own arrangement of the tune, with one variation of our own.
\version "2.24.0"
\header {
  title = "Ah! vous dirai-je, Maman"
  subtitle = "Thème et variation"
  composer = "French, 18th century"
  copyright = "Encoded for Scorebridge, CC0"
}
tune = { f'4 f' | c'' c'' | d'' d'' | c''2 | bes'4 bes' | a' a' | g' g' | }
run = { f'16 e' f' g' a' g' f' a' | c'' b' c'' d'' c'' bes' a' c'' | d'' cis'' d'' e'' f'' e'' d'' f'' | c'' b' c'' d'' c'' bes' a' c'' |
  bes' a' bes' c'' d'' c'' bes' d'' | a' gis' a' bes' c'' bes' a' c'' | g' fis' g' a' bes' a' g' e' | }
right = {
  \clef treble \key f \major \time 2/4 \tempo "Allegretto" 4 = 104
  \tune f'2 | c''4\p c'' | bes' bes' | a' a' | g'2 | c''4 c'' | bes' bes' | a' a' | g'2 | \tune f'2 \bar "||"
  \run f'8 a'16 c'' f''8 r |
  c''16\p d'' c'' b' c'' f'' c'' a' | bes' c'' bes' a' bes' d'' bes' g' | a' bes' a' gis' a' c'' a' f' | g' a' g' fis' g'8 r |
  c''16 d'' c'' b' c'' f'' c'' a' | bes' c'' bes' a' bes' d'' bes' g' | a' bes' a' gis' a' c'' a' f' | g' a' bes' b' c'' bes' a' g' |
  \run f'4 <a c' f'> \bar "|."
}
bass = { f4 f' | a f' | bes f' | a f' | g e' | f d' | bes c' | }
accomp = { f8 <a c'> q q | f <a c'> q q | bes, <f bes> q q | f <a c'> q q | g <bes d'> q q | f <a c'> q q | c <bes e'> q q | }
left = {
  \clef bass \key f \major \time 2/4
  \bass f4 f, | a4 f | g e | f d | c2 | a4 f | g e | f d | c8 d e c | \bass f4 f, |
  \accomp f8 c f,4 |
  f8 <a c'> q q | e <g c'> q q | d <a d'> q q | c <e g> q r |
  f8 <a c'> q q | e <g c'> q q | d <a d'> q q | c <e g> q r |
  \accomp f8 c f,4 |
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
