% Own arrangement for piano of the song op. 49 no. 4, two verses.
\version "2.24.0"
\header {
  title = "Wiegenlied"
  subtitle = "für Klavier eingerichtet"
  composer = "Johannes Brahms"
  opus = "op. 49 Nr. 4"
  copyright = "Encoded for Scorebridge, CC0"
}
song = {
  bes'4.( g'8) g'4 | bes'4 r g'8( bes') | ees''4 d''4. c''8 | c''4 bes' f'8( g') |
  aes'4 f' f'8( g') | aes'4 r f'8( aes') | d''8( c'') bes'4 d'' | ees''2 ees'8 ees' |
  ees''2 c''8( aes') | bes'2 g'8( ees') | aes'4 bes' c'' | bes'2 ees'8 ees' |
  ees''2 c''8( aes') | bes'2 g'8( ees') | aes'4 g' f' |
}
right = {
  \clef treble \key ees \major \time 3/4 \tempo "Zart bewegt" 4 = 88
  R2. | r4 r g'8\p g' | \song ees'2 g''8\pp g'' | \transpose c c' \song <g' bes' ees''>2. \bar "|."
}
tonic = { ees4 <g bes ees'> q | }
fifth = { bes,4 <f aes d'> q | }
fourth = { aes,4 <ees aes c'> q | }
tonicA = { ees8 bes ees' g' ees' bes | }
fifthA = { bes,8 f aes d' aes f | }
fourthA = { aes,8 ees aes c' aes ees | }
left = {
  \clef bass \key ees \major \time 3/4
  \tonic \tonic
  \tonic \tonic \tonic \tonic \fifth \fifth \fifth \tonic
  \fourth \tonic \fifth \tonic \fourth \tonic \fifth \tonic
  \tonicA \tonicA \tonicA \tonicA \fifthA \fifthA \fifthA \tonicA
  \fourthA \tonicA \fifthA \tonicA \fourthA \tonicA \fifthA <ees, ees>2. |
}
\score {
  \new PianoStaff << \new Staff = "up" \right \new Staff = "down" \left >>
  \layout { } \midi { }
}
