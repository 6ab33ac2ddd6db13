\version "2.25.12"

%% Settings for LilyPond, included by the piece after `lilypond_hook.ly` is read: what the
%% layout of a page is.
%%
%% Staves carry the number of the bar at their beginning, barlines that of the bar after
%% them and their side of a line break; braces, brackets, the line at the left, printed bar
%% numbers and the counts of rests of many bars go into the SVG with their kind.

#(define (sb-bar-of item)
   "Number of the bar that begins at the column of ITEM, or an empty string."
   (let* ((column (and (ly:grob? item)
                       (if (grob::has-interface item 'paper-column-interface)
                           item (ly:item-get-column item))))
          (place (and (ly:grob? column) (ly:grob-property column 'rhythmic-location #f))))
     (if (pair? place) (format #f "~a" (car place)) "")))

#(define (sb-extents grob kind value)
   "Attributes of a drawn GROB: its system, what it is, where its ink is."
   (let ((system (ly:grob-system grob))
         (stencil (ly:grob-property grob 'stencil #f)))
     (if (and (ly:grob? system) (ly:stencil? stencil) (not (ly:stencil-empty? stencil)))
         (let ((x (ly:stencil-extent stencil X)) (y (ly:stencil-extent stencil Y)))
           `((,kind . ,value)
             (data-system . ,(number->string (sb-number system)))
             (data-x0 . ,(format #f "~a" (car x))) (data-x1 . ,(format #f "~a" (cdr x)))
             (data-y0 . ,(format #f "~a" (car y))) (data-y1 . ,(format #f "~a" (cdr y)))))
         '())))

#(define (sb-numbered-staff grob)
   "`sb-staff`, and the number of the bar at its beginning."
   (append (sb-staff grob) `((data-bar . ,(sb-bar-of (ly:spanner-bound grob LEFT))))))

#(define (sb-numbered-barline grob)
   "`sb-barline`, the number of the bar that follows, and the side of a line break."
   (let ((plain (sb-barline grob)))
     (if (pair? plain)
         (append plain `((data-bar . ,(sb-bar-of grob))
                         (data-side . ,(number->string (ly:item-break-dir grob)))))
         '())))

#(define ((sb-word kind) grob)
   "`sb-extents` of a text, with the text."
   (let ((text (ly:grob-property grob 'text "")))
     (if (eq? #t (ly:grob-property grob 'transparent #f)) '()
         (sb-extents grob kind (if (markup? text) (markup->string text) "")))))

#(define ((sb-sign kind) grob) (sb-extents grob 'data-group kind))

\layout {
  \context {
    \Score
    \override StaffSymbol.output-attributes = #sb-numbered-staff
    \override BarLine.output-attributes = #sb-numbered-barline
    \override SpanBar.output-attributes = #sb-numbered-barline
    \override SystemStartBrace.output-attributes = #(sb-sign "brace")
    \override SystemStartBracket.output-attributes = #(sb-sign "bracket")
    \override SystemStartSquare.output-attributes = #(sb-sign "bracket")
    \override SystemStartBar.output-attributes = #(sb-sign "line")
    \override BarNumber.output-attributes = #(sb-word 'data-number)
    \override MultiMeasureRestNumber.output-attributes = #(sb-word 'data-rest)
  }
}

%% With `sb-tablature` every score gets a staff of tablature below its own.
#(define sb-tablature #f)
#(define (sb-as-tablature music)
   "A copy of MUSIC in staves of tablature."
   (let* ((names '((Staff . TabStaff) (Voice . TabVoice)))
          (named #f)
          (copy (music-map
                 (lambda (m)
                   (let* ((old (ly:music-property m 'context-type #f))
                          (new (assq-ref names old)))
                     (if new (begin
                               (if (eq? old 'Staff) (set! named #t))
                               (ly:music-set-property! m 'context-type new)
                               (ly:music-set-property! m 'context-id "sb-tablature"))))
                   m)
                 (ly:music-deep-copy music))))
     (if named copy
         (make-music 'ContextSpeccedMusic
                     'context-type 'TabStaff 'create-new #t 'element copy))))
#(define sb-split-plainly sb-split)
#(set! sb-split
       (lambda (score)
         (let ((scores (sb-split-plainly score)))
           (if (and sb-tablature (pair? scores))
               (let* ((seen (car scores)) (music (ly:score-music seen))
                      (both (ly:make-score
                             (make-music 'SimultaneousMusic
                                         'elements (list music (sb-as-tablature music))))))
                 (if (module? (ly:score-header seen))
                     (ly:score-set-header! both (ly:score-header seen)))
                 (for-each (lambda (def) (ly:score-add-output-def! both def))
                           (ly:score-output-defs seen))
                 (cons both (cdr scores)))
               scores))))
