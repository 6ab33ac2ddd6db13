\version "2.25.12"

%% Settings for LilyPond, read before the piece (-dinclude-settings).
%%
%% 1. Every notehead and every staff goes into the SVG inside a <g> that states what
%%    it is: its system, its staff, its moment in the score, its pitch. So places
%%    and times come from one source and nothing has to be guessed.
%% 2. Every score is performed as it is printed: one MIDI file per printed score,
%%    in the same order, made from the same music. Scores made only to be heard
%%    (with repeats unfolded) are left out, but their tempo is kept.
%% 3. Books are named b000, b001, ... so that their pages can be distinguished.

#(define sb-numbers (make-hash-table))
#(define sb-next 0)
#(define (sb-number grob)
   "A number of its own for each GROB, counting from 0."
   (or (hashq-ref sb-numbers grob)
       (begin (hashq-set! sb-numbers grob sb-next)
              (set! sb-next (1+ sb-next))
              (1- sb-next))))

#(define (sb-head grob)
   "Attributes of a notehead. Pitch is a MIDI number, moments are in whole notes."
   (let* ((event (event-cause grob))
          (pitch (and event (ly:event-property event 'pitch #f)))
          (system (ly:grob-system grob))
          (staff (ly:grob-object grob 'staff-symbol #f))
          (moment (grob::when grob))
          (stencil (ly:grob-property grob 'stencil #f)))
     (if (and (ly:pitch? pitch) (ly:grob? system) (ly:moment? moment)
              (ly:stencil? stencil)
              (not (eq? #t (ly:grob-property grob 'transparent #f))))
         (let ((width (ly:stencil-extent stencil X)))
           `((data-head . ,(format #f "~a" (+ 60 (ly:pitch-semitones pitch))))
             (data-id . ,(number->string (sb-number grob)))
             (data-system . ,(number->string (sb-number system)))
             (data-score . ,(number->string
                             (sb-number (or (ly:grob-original system) system))))
             (data-staff . ,(if (ly:grob? staff) (number->string (sb-number staff)) "-1"))
             (data-moment . ,(number->string (ly:moment-main moment)))
             (data-grace . ,(number->string (ly:moment-grace moment)))
             (data-x0 . ,(format #f "~a" (car width)))
             (data-x1 . ,(format #f "~a" (cdr width)))))
         '())))

#(define (sb-staff grob)
   "Attributes of the lines of one staff in one system."
   (let ((system (ly:grob-system grob)))
     (if (ly:grob? system)
         `((data-lines . ,(number->string (sb-number grob)))
           (data-system . ,(number->string (sb-number system)))
           (data-score . ,(number->string
                           (sb-number (or (ly:grob-original system) system)))))
         '())))

#(define (sb-tie grob)
   "Attributes of a tie: the notehead it leads to, also across a line break."
   (let ((head (ly:spanner-bound (or (ly:grob-original grob) grob) RIGHT)))
     (if (and (ly:grob? head) (grob::has-interface head 'note-head-interface))
         `((data-tied . ,(number->string (sb-number head))))
         '())))

#(define (sb-moment grob)
   "Main moment of GROB in whole notes, or #f."
   (let ((moment (and (ly:grob? grob) (grob::when grob))))
     (and (ly:moment? moment) (number->string (ly:moment-main moment)))))

#(define (sb-place grob kind value)
   "Attributes that state which system, score and staff GROB belongs to, and when it stands."
   (let ((system (ly:grob-system grob))
         (staff (ly:grob-object grob 'staff-symbol #f))
         (moment (sb-moment grob)))
     (if (and (ly:grob? system) moment)
         `((,kind . ,value)
           (data-system . ,(number->string (sb-number system)))
           (data-score . ,(number->string
                           (sb-number (or (ly:grob-original system) system))))
           (data-staff . ,(if (ly:grob? staff) (number->string (sb-number staff)) "-1"))
           (data-moment . ,moment))
         '())))

#(define (sb-barline grob)
   "Attributes of a barline or the part of it between staves: its glyph and its extent."
   (let ((stencil (ly:grob-property grob 'stencil #f))
         (place (sb-place grob 'data-barline
                          (format #f "~a" (ly:grob-property grob 'glyph-name "")))))
     (if (and (ly:stencil? stencil) (not (ly:stencil-empty? stencil)) (pair? place))
         (let ((x (ly:stencil-extent stencil X)) (y (ly:stencil-extent stencil Y)))
           (append place
                   `((data-x0 . ,(format #f "~a" (car x))) (data-x1 . ,(format #f "~a" (cdr x)))
                     (data-y0 . ,(format #f "~a" (car y))) (data-y1 . ,(format #f "~a" (cdr y))))))
         '())))

#(define (sb-script grob)
   "Attributes of a trill, a fermata, a dot, ...: what it is and the moment it stands at."
   (let ((event (event-cause grob)))
     (if event
         (sb-place grob 'data-mark
                   (format #f "~a" (ly:event-property event 'articulation-type "")))
         '())))

#(define ((sb-spanner kind) grob)
   "Attributes of a line from one moment to another, once for all its broken pieces."
   (let* ((whole (or (ly:grob-original grob) grob))
          (end (sb-moment (ly:spanner-bound whole RIGHT)))
          (place (sb-place grob 'data-mark kind))
          (start (sb-moment (ly:spanner-bound whole LEFT))))
     (if (and (pair? place) start end)
         (append (assq-set! place 'data-moment start) `((data-end . ,end)))
         '())))

#(define (sb-volta grob)
   "Attributes of the bracket over an ending."
   ((sb-spanner (format #f "volta ~a" (markup->string (ly:grob-property grob 'text ""))))
    grob))

\layout {
  \context {
    \Score
    \override Tie.output-attributes = #sb-tie
    \override NoteHead.output-attributes = #sb-head
    \override StaffSymbol.output-attributes = #sb-staff
    \override BarLine.output-attributes = #sb-barline
    \override SpanBar.output-attributes = #sb-barline
    \override Script.output-attributes = #sb-script
    \override Arpeggio.output-attributes = #(lambda (g) (sb-place g 'data-mark "arpeggio"))
    \override TrillSpanner.output-attributes = #(sb-spanner "trill")
    \override Slur.output-attributes = #(sb-spanner "slur")
    \override VoltaBracket.output-attributes = #sb-volta
  }
}

%% Printed scores without a midi block wait here for one, and the midi blocks of
%% scores that were left out wait for them.
#(define sb-silent '())
#(define sb-orphans '())

#(define (sb-midi? def)
   (eq? 'midi (ly:output-def-lookup def 'output-def-kind)))

#(define (sb-split score)
   "Return the scores to set in place of SCORE: what is printed, and what is heard."
   (let* ((defs (ly:score-output-defs score))
          (midis (filter sb-midi? defs))
          (layouts (remove sb-midi? defs)))
     (cond
      ((ly:score-error? score) '())
      ((and (pair? midis) (null? layouts))
       (set! sb-orphans (append sb-orphans midis))
       '())
      (else
       (let* ((music (ly:score-music score))
              ;; A tremolo or a percent repeat takes the same time either way,
              ;; and only unfolded is it heard.
              (heard (ly:make-score
                      (unfold-repeats '(percent tremolo) (ly:music-deep-copy music))))
              (seen (ly:make-score music)))
         (if (module? (ly:score-header score))
             (ly:score-set-header! seen (ly:score-header score)))
         (for-each (lambda (def) (ly:score-add-output-def! seen def)) layouts)
         (if (pair? midis)
             (ly:score-add-output-def! heard (car midis))
             (set! sb-silent (append sb-silent (list heard))))
         (list seen heard))))))

#(define (sb-adding add)
   "Wrap the score handler ADD; what is not a score (markup, page marks) passes."
   (lambda (item)
     (if (ly:score? item) (for-each add (sb-split item)) (add item))))

#(define toplevel-score-handler (sb-adding collect-scores-for-book))
#(define (toplevel-music-handler music)
   (collect-music-aux (sb-adding collect-scores-for-book) music))
#(define (sb-into-book book item)
   ((sb-adding (lambda (x) (ly:book-add-score! book x))) item))
#(define (sb-music-into-book book music)
   (collect-music-aux (lambda (x) (sb-into-book book x)) music))
#(define book-score-handler sb-into-book)
#(define book-music-handler sb-music-into-book)
#(define bookpart-score-handler sb-into-book)
#(define bookpart-music-handler sb-music-into-book)

#(define sb-books 0)
#(define (toplevel-book-handler book)
   (let loop ((silent sb-silent) (orphans sb-orphans) (last #f))
     (if (pair? silent)
         (let ((def (cond ((pair? orphans) (car orphans))
                          (last last)
                          (else (ly:parser-lookup '$defaultmidi)))))
           (ly:score-add-output-def! (car silent) (ly:output-def-clone def))
           (loop (cdr silent) (if (pair? orphans) (cdr orphans) '()) def))))
   (set! sb-silent '())
   (set! sb-orphans '())
   (ly:book-process book
                    (ly:parser-lookup '$defaultpaper)
                    (ly:parser-lookup '$defaultlayout)
                    (format #f "b~3,'0d" sb-books))
   (set! sb-books (1+ sb-books)))

%% 4. LilyPond's SVG writer searches a whole font, a megabyte of text, for every
%%    glyph it draws, which takes most of its time. Here each glyph is looked up once.
#(define sb-svg (resolve-module '(lily output-svg)))
#(define sb-glyphs (make-hash-table))
#(define (sb-glyph font name)
   "The <glyph> element NAME of the SVG font file FONT."
   (let ((key (cons font name)))
     (or (hash-ref sb-glyphs key)
         (let* ((text ((module-ref sb-svg 'cached-file-contents) font))
                (at (string-contains text (string-append "glyph-name=\"" name "\"")))
                (start (string-contains-right text "<glyph" at))
                (end (string-contains text "/>" at))
                (element (substring text start (+ 2 end))))
           (hash-set! sb-glyphs key element)
           element))))
#(define (string-contains-right text what end)
   "Where WHAT last begins in TEXT before END."
   (let loop ((k (string-rindex text (string-ref what 0) 0 end)))
     (if (string-prefix? what (substring text k end)) k
         (loop (string-rindex text (string-ref what 0) 0 k)))))
#(let ((extract (module-ref sb-svg 'extract-glyph)))
   (module-set! sb-svg 'cache-font
                (lambda (font size glyph)
                  (let ((name (if (list? glyph) (last glyph) glyph)))
                    (apply extract (sb-glyph font name) name size
                           (if (list? glyph) (list-head glyph 4) '()))))))
