; {"source": "3719a9081421eabd", "kernels": {"scan": ["f4[:,:]", "i8[:,:]", "f4[:]", "f4[:]", "f8", "f8", "f8", "f4[:,:]", "i4[:,:]", "f4[:]", "i4[:]", "i4[:]"], "trace": ["f4[:,:]", "f4[:]", "f4[:]", "f8", "f8", "f8", "f4[:,:]", "u1[:,:]", "f4[:]", "i4[:,:]", "i8[:]"]}, "python": [], "unreachable": ["scorebridge_NRT_MemInfo_call_dtor"]}
; ModuleID = '<string>'
source_filename = "<string>"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

define internal fastcc void @_ZN13_3cdynamic_3e5entryB2v1B106c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDG56aoKZjphCYRBHEAZoAE10float32_2axx8int64_2axx10float32_2ax10float32_2axddd10float32_2axx8int32_2axx10float32_2ax8int32_2ax8int32_2ax(ptr noalias nonnull writeonly captures(none) %retptr, ptr readonly captures(none) %arg.a0, i64 %arg.a0_0, i64 %arg.a0_1, ptr readonly captures(none) %arg.a1, i64 %arg.a1_0, i64 %arg.a1_1, ptr readonly captures(none) %arg.a2, i64 %arg.a2_0, ptr readonly captures(none) %arg.a3, i64 %arg.a3_0, double %arg.a4, double %arg.a5, double %arg.a6, ptr captures(none) %arg.a7, i64 %arg.a7_1, ptr captures(none) %arg.a8, i64 %arg.a8_1, ptr writeonly captures(none) %arg.a9, i64 %arg.a9_0, ptr writeonly captures(none) %arg.a10, i64 %arg.a10_0, ptr writeonly captures(none) %arg.a11, i64 %arg.a11_0) unnamed_addr {
entry:
  tail call fastcc void @NRT_incref(ptr null), !noalias !0
  tail call fastcc void @NRT_decref(ptr null), !noalias !0
  tail call fastcc void @NRT_incref(ptr null), !noalias !3
  tail call fastcc void @NRT_decref(ptr null), !noalias !3
  tail call fastcc void @NRT_incref(ptr null), !noalias !6
  tail call fastcc void @NRT_decref(ptr null), !noalias !6
  tail call fastcc void @NRT_incref(ptr null), !noalias !9
  tail call fastcc void @NRT_decref(ptr null), !noalias !9
  tail call fastcc void @NRT_incref(ptr null), !noalias !12
  tail call fastcc void @NRT_decref(ptr null), !noalias !12
  tail call fastcc void @NRT_incref(ptr null), !noalias !15
  tail call fastcc void @NRT_decref(ptr null), !noalias !15
  tail call fastcc void @NRT_incref(ptr null), !noalias !18
  tail call fastcc void @NRT_decref(ptr null), !noalias !18
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !24
  tail call fastcc void @NRT_decref(ptr null), !noalias !24
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  %.161.i = fptrunc double %arg.a4 to float
  %.2681245.i = icmp sgt i64 %arg.a1_0, 0
  br i1 %.2681245.i, label %B244.lr.ph.i, label %_ZN11scorebridge7kernels7warping4scanB2v7B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE.exit

B244.lr.ph.i:                                     ; preds = %entry
  %.212.11247.i = add nsw i64 %arg.a1_0, -1
  %.163.i = fptrunc double %arg.a6 to float
  %.162.i = fptrunc double %arg.a5 to float
  %.636.i = icmp slt i64 %arg.a7_1, 1
  %0 = getelementptr float, ptr %arg.a7, i64 %arg.a7_1
  %.1058.i = icmp slt i64 %arg.a8_1, 1
  %1 = getelementptr i32, ptr %arg.a8, i64 %arg.a8_1
  %.1756.i = fcmp reassoc nsz contract ueq float %.162.i, 0x7FF0000000000000
  %.30.i.i = fpext float %.162.i to double
  %.60.i.i = fpext float %.163.i to double
  %.3289.i = fcmp reassoc nsz contract ueq float %.161.i, 0x7FF0000000000000
  br label %B244.i

B244.i:                                           ; preds = %B1320.i, %B244.lr.ph.i
  %.258.sroa.0.01251.i = phi i64 [ 0, %B244.lr.ph.i ], [ %.258.sroa.0.0.i, %B1320.i ]
  %.209.11250.i = phi i64 [ 1, %B244.lr.ph.i ], [ %.209.1.i, %B1320.i ]
  %.212.11249.i = phi i64 [ %.212.11247.i, %B244.lr.ph.i ], [ %.212.1.i, %B1320.i ]
  %.336.i = icmp slt i64 %.258.sroa.0.01251.i, 0
  %.337.i = select i1 %.336.i, i64 %arg.a1_0, i64 0
  %.338.i = add i64 %.337.i, %.258.sroa.0.01251.i
  %.358.i = mul i64 %.338.i, %arg.a1_1
  %.362.i = getelementptr i64, ptr %arg.a1, i64 %.358.i
  %.363.i = load i64, ptr %.362.i, align 8, !noalias !27
  %.417.i = getelementptr i8, ptr %.362.i, i64 8
  %.418.i = load i64, ptr %.417.i, align 8, !noalias !27
  %.472.i = getelementptr i8, ptr %.362.i, i64 16
  %.473.i = load i64, ptr %.472.i, align 8, !noalias !27
  %.527.i = getelementptr i8, ptr %.362.i, i64 24
  %.528.i = load i64, ptr %.527.i, align 8, !noalias !27
  %.563.i = sub nsw i64 %.418.i, %.363.i
  %.566.i = sub i64 %.528.i, %.473.i
  br i1 %.636.i, label %B244.else.endif.if.i, label %B244.else.endif.endif.i, !prof !30

B494.i:                                           ; preds = %B494.lr.ph.i, %B1300.i
  %.1498.sroa.0.01241.i = phi i64 [ 0, %B494.lr.ph.i ], [ %.1498.sroa.0.0.i, %B1300.i ]
  %.1451.11240.i = phi i64 [ 1, %B494.lr.ph.i ], [ %.1451.1.i, %B1300.i ]
  %.1454.11239.i = phi i64 [ %.1454.11226.i, %B494.lr.ph.i ], [ %.1454.1.i, %B1300.i ]
  %best.4.11238.i = phi float [ 0x7FF0000000000000, %B494.lr.ph.i ], [ %best.5.4.i, %B1300.i ]
  %best_first.2.11237.i = phi i64 [ 0, %B494.lr.ph.i ], [ %best_first.3.4.i, %B1300.i ]
  %best_last.2.11236.i = phi i64 [ 0, %B494.lr.ph.i ], [ %best_last.3.4.i, %B1300.i ]
  %before_from.2.sroa.36.11235.i = phi ptr [ %.1159.i, %B494.lr.ph.i ], [ %here_from.2.sroa.52.11233.i, %B1300.i ]
  %before_from.2.sroa.45.11234.i = phi i64 [ %.1135.i, %B494.lr.ph.i ], [ %here_from.2.sroa.65.11232.i, %B1300.i ]
  %here_from.2.sroa.52.11233.i = phi ptr [ %.1355.i, %B494.lr.ph.i ], [ %before_from.2.sroa.36.11235.i, %B1300.i ]
  %here_from.2.sroa.65.11232.i = phi i64 [ %.1331.i, %B494.lr.ph.i ], [ %before_from.2.sroa.45.11234.i, %B1300.i ]
  %before.2.sroa.36.11231.i = phi ptr [ %.737.i, %B494.lr.ph.i ], [ %here.2.sroa.60.11229.i, %B1300.i ]
  %before.2.sroa.45.11230.i = phi i64 [ %.713.i, %B494.lr.ph.i ], [ %here.2.sroa.75.11228.i, %B1300.i ]
  %here.2.sroa.60.11229.i = phi ptr [ %.933.i, %B494.lr.ph.i ], [ %before.2.sroa.36.11231.i, %B1300.i ]
  %here.2.sroa.75.11228.i = phi i64 [ %.909.i, %B494.lr.ph.i ], [ %before.2.sroa.45.11230.i, %B1300.i ]
  %.1551.i = add nsw i64 %.1498.sroa.0.01241.i, %.363.i
  %.1589.i = icmp slt i64 %.1551.i, 0
  %.1590.i = select i1 %.1589.i, i64 %arg.a0_0, i64 0
  %.1591.i = add i64 %.1590.i, %.1551.i
  br i1 %.1607.i, label %B494.else.if.i, label %B494.else.endif.i, !prof !30

B550.i:                                           ; preds = %B494.endif.i
  br i1 %.18381200.not.i, label %B704.i, label %B580.if.lr.ph.i

B580.if.lr.ph.i:                                  ; preds = %B550.i
  %.25.i.i = icmp sgt i64 %.1498.sroa.0.01241.i, 0
  %.29.i.i = uitofp nneg i64 %.1498.sroa.0.01241.i to double
  %.31.i.i = fmul reassoc nsz contract double %.29.i.i, %.30.i.i
  %.36.i.i = fptrunc double %.31.i.i to float
  %penalty.3.0.i.i = select i1 %.25.i.i, float %.36.i.i, float 0.000000e+00
  %.1933.peel.i = load float, ptr %.1713.i, align 4, !noalias !27
  %.1934.peel.i = fadd reassoc nsz contract float %.1933.peel.i, %penalty.3.0.i.i
  store float %.1934.peel.i, ptr %here.2.sroa.60.11229.i, align 4, !noalias !27
  store i32 0, ptr %here_from.2.sroa.52.11233.i, align 4, !noalias !27
  br i1 %exitcond.peel.not.i, label %B704.i, label %B580.if.i.preheader

B580.if.i.preheader:                              ; preds = %B580.if.lr.ph.i
  br i1 %34, label %B580.if.i.epil.preheader, label %B580.if.i

B658.i:                                           ; preds = %B494.endif.i
  br i1 %.18381200.not.i, label %B704.i, label %B688.if.i.preheader

B688.if.i.preheader:                              ; preds = %B658.i
  br i1 %35, label %B688.if.i.epil.preheader, label %B688.if.i

B704.i.loopexit.unr-lcssa:                        ; preds = %B688.if.i
  br i1 %lcmp.mod6.not, label %B704.i, label %B688.if.i.epil.preheader

B688.if.i.epil.preheader:                         ; preds = %B704.i.loopexit.unr-lcssa, %B688.if.i.preheader
  %.2026.01204.i.epil.init = phi i64 [ 0, %B688.if.i.preheader ], [ %.2095.i.7, %B704.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod7)
  br label %B688.if.i.epil

B688.if.i.epil:                                   ; preds = %B688.if.i.epil, %B688.if.i.epil.preheader
  %.2026.01204.i.epil = phi i64 [ %.2095.i.epil, %B688.if.i.epil ], [ %.2026.01204.i.epil.init, %B688.if.i.epil.preheader ]
  %epil.iter5 = phi i64 [ %epil.iter5.next, %B688.if.i.epil ], [ 0, %B688.if.i.epil.preheader ]
  %.2095.i.epil = add nuw nsw i64 %.2026.01204.i.epil, 1
  %2 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i.epil
  store float 0x7FF0000000000000, ptr %2, align 4, !noalias !27
  %epil.iter5.next = add i64 %epil.iter5, 1
  %epil.iter5.cmp.not = icmp eq i64 %epil.iter5.next, %xtraiter4
  br i1 %epil.iter5.cmp.not, label %B704.i, label %B688.if.i.epil, !llvm.loop !31

B704.i.loopexit2.unr-lcssa:                       ; preds = %B580.if.i
  br i1 %lcmp.mod.not, label %B704.i, label %B580.if.i.epil.preheader

B580.if.i.epil.preheader:                         ; preds = %B704.i.loopexit2.unr-lcssa, %B580.if.i.preheader
  %.1782.01201.i.epil.init = phi i64 [ 1, %B580.if.i.preheader ], [ %.1851.i.3, %B704.i.loopexit2.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod3)
  br label %B580.if.i.epil

B580.if.i.epil:                                   ; preds = %B580.if.i.epil, %B580.if.i.epil.preheader
  %.1782.01201.i.epil = phi i64 [ %.1851.i.epil, %B580.if.i.epil ], [ %.1782.01201.i.epil.init, %B580.if.i.epil.preheader ]
  %epil.iter = phi i64 [ %epil.iter.next, %B580.if.i.epil ], [ 0, %B580.if.i.epil.preheader ]
  %.1851.i.epil = add nuw nsw i64 %.1782.01201.i.epil, 1
  %.59.i.i.epil = uitofp nneg i64 %.1782.01201.i.epil to double
  %.61.i.i.epil = fmul reassoc nsz contract double %.59.i.i.epil, %.60.i.i
  %.66.i.i.epil = fptrunc double %.61.i.i.epil to float
  %3 = getelementptr float, ptr %.1713.i, i64 %.1782.01201.i.epil
  %.1933.i.epil = load float, ptr %3, align 4, !noalias !27
  %.68.i.i.epil = fadd reassoc nsz contract float %.1933.i.epil, %penalty.3.0.i.i
  %.1934.i.epil = fadd reassoc nsz contract float %.68.i.i.epil, %.66.i.i.epil
  %4 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.1782.01201.i.epil
  store float %.1934.i.epil, ptr %4, align 4, !noalias !27
  %5 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.1782.01201.i.epil
  %.1994.i.epil = trunc i64 %.1782.01201.i.epil to i32
  store i32 %.1994.i.epil, ptr %5, align 4, !noalias !27
  %epil.iter.next = add i64 %epil.iter, 1
  %epil.iter.cmp.not = icmp eq i64 %epil.iter.next, %xtraiter
  br i1 %epil.iter.cmp.not, label %B704.i, label %B580.if.i.epil, !llvm.loop !33

B704.i:                                           ; preds = %B704.i.loopexit2.unr-lcssa, %B580.if.i.epil, %B704.i.loopexit.unr-lcssa, %B688.if.i.epil, %B658.i, %B580.if.lr.ph.i, %B550.i
  %.2157.i = icmp sgt i64 %.1498.sroa.0.01241.i, 0
  %brmerge.not.i = select i1 %.2157.i, i1 %.22771206.i, i1 false
  br i1 %brmerge.not.i, label %B802.i, label %B962.i

B802.i:                                           ; preds = %B704.i, %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i
  %.2267.sroa.0.01212.i = phi i64 [ %.2267.sroa.0.0.i, %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i ], [ 0, %B704.i ]
  %.2224.11211.i = phi i64 [ %.2224.1.i, %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i ], [ %.2224.11209.i, %B704.i ]
  %.2221.11210.i = phi i64 [ %.2221.1.i, %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i ], [ %.22901207.i, %B704.i ]
  %.2354.i = icmp slt i64 %.2267.sroa.0.01212.i, 0
  %.2355.i = select i1 %.2354.i, i64 %here.2.sroa.75.11228.i, i64 0
  %.2356.i = add i64 %.2355.i, %.2267.sroa.0.01212.i
  %.2359.i = icmp slt i64 %.2356.i, 0
  br i1 %.2359.i, label %B802.else.if.i, label %B802.else.endif.i, !prof !30

B962.i:                                           ; preds = %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i, %B704.i
  br i1 %brmerge1252.i, label %B1120.i, label %B1006.if.i.preheader

B1006.if.i.preheader:                             ; preds = %B962.i
  br i1 %36, label %B1006.if.i.epil.preheader, label %B1006.if.i

B1080.i:                                          ; preds = %B1006.if.i
  store float %.3477.i, ptr %86, align 4, !noalias !27
  %6 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3413.i
  %.3580.i = load i32, ptr %6, align 4, !noalias !27
  %7 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3315.01214.i
  store i32 %.3580.i, ptr %7, align 4, !noalias !27
  br label %B1118.i

B1118.i:                                          ; preds = %B1006.if.i, %B1080.i
  %.3384.i.1 = add nuw i64 %.3315.01214.i, 2
  %8 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3315.01214.i
  %.3443.i.1 = load float, ptr %8, align 4, !noalias !27
  %9 = getelementptr float, ptr %.1713.i, i64 %.3384.i
  %.3474.i.1 = load float, ptr %9, align 4, !noalias !27
  %.3476.i.1 = fmul reassoc nsz contract float %.3474.i.1, %.161.i
  %.3477.i.1 = fadd reassoc nsz contract float %.3476.i.1, %.3443.i.1
  %10 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3384.i
  %.3511.i.1 = load float, ptr %10, align 4, !noalias !27
  %.3513.i.1 = fcmp reassoc nsz contract olt float %.3477.i.1, %.3511.i.1
  br i1 %.3513.i.1, label %B1080.i.1, label %B1118.i.1

B1080.i.1:                                        ; preds = %B1118.i
  store float %.3477.i.1, ptr %10, align 4, !noalias !27
  %11 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3315.01214.i
  %.3580.i.1 = load i32, ptr %11, align 4, !noalias !27
  %12 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3384.i
  store i32 %.3580.i.1, ptr %12, align 4, !noalias !27
  br label %B1118.i.1

B1118.i.1:                                        ; preds = %B1080.i.1, %B1118.i
  %niter21.next.1 = add i64 %niter21, 2
  %niter21.ncmp.1 = icmp eq i64 %niter21.next.1, %unroll_iter20
  br i1 %niter21.ncmp.1, label %B1120.i.loopexit.unr-lcssa, label %B1006.if.i

B1120.i.loopexit.unr-lcssa:                       ; preds = %B1118.i.1
  br i1 %lcmp.mod18.not, label %B1120.i, label %B1006.if.i.epil.preheader

B1006.if.i.epil.preheader:                        ; preds = %B1120.i.loopexit.unr-lcssa, %B1006.if.i.preheader
  %.3315.01214.i.epil.init = phi i64 [ 1, %B1006.if.i.preheader ], [ %.3384.i.1, %B1120.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod19)
  %.3413.i.epil = add nsw i64 %.3315.01214.i.epil.init, -1
  %13 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3413.i.epil
  %.3443.i.epil = load float, ptr %13, align 4, !noalias !27
  %14 = getelementptr float, ptr %.1713.i, i64 %.3315.01214.i.epil.init
  %.3474.i.epil = load float, ptr %14, align 4, !noalias !27
  %.3476.i.epil = fmul reassoc nsz contract float %.3474.i.epil, %.161.i
  %.3477.i.epil = fadd reassoc nsz contract float %.3476.i.epil, %.3443.i.epil
  %15 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3315.01214.i.epil.init
  %.3511.i.epil = load float, ptr %15, align 4, !noalias !27
  %.3513.i.epil = fcmp reassoc nsz contract olt float %.3477.i.epil, %.3511.i.epil
  br i1 %.3513.i.epil, label %B1080.i.epil, label %B1120.i

B1080.i.epil:                                     ; preds = %B1006.if.i.epil.preheader
  store float %.3477.i.epil, ptr %15, align 4, !noalias !27
  %16 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3413.i.epil
  %.3580.i.epil = load i32, ptr %16, align 4, !noalias !27
  %17 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3315.01214.i.epil.init
  store i32 %.3580.i.epil, ptr %17, align 4, !noalias !27
  br label %B1120.i

B1120.i:                                          ; preds = %B1120.i.loopexit.unr-lcssa, %B1080.i.epil, %B1006.if.i.epil.preheader, %B962.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  %.3632.i = icmp ne i64 %.1498.sroa.0.01241.i, %.1454.11226.i
  %or.cond1182.i = select i1 %.3632.i, i1 %.1756.i, i1 false
  %brmerge1253.i = select i1 %or.cond1182.i, i1 true, i1 %.18381200.not.i
  br i1 %brmerge1253.i, label %B1300.i, label %B1180.if.lr.ph.i

B1180.if.lr.ph.i:                                 ; preds = %B1120.i
  %.3861.i = sub nsw i64 %.1454.11226.i, %.1498.sroa.0.01241.i
  %.25.i1184.i = icmp sgt i64 %.3861.i, 0
  %.29.i1185.i = uitofp nneg i64 %.3861.i to double
  %.31.i1187.i = fmul reassoc nsz contract double %.29.i1185.i, %.30.i.i
  %.36.i1188.i = fptrunc double %.31.i1187.i to float
  %penalty.3.0.i1189.i = select i1 %.25.i1184.i, float %.36.i1188.i, float 0.000000e+00
  br i1 %37, label %B1180.if.i.epil.preheader, label %B1180.if.i

B1274.i:                                          ; preds = %B1180.if.i
  %18 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3698.01217.i
  %.3932.i = load i32, ptr %18, align 4, !noalias !27
  %.39381261.i = zext i32 %.3932.i to i64
  br label %B1298.i

B1298.i:                                          ; preds = %B1180.if.i, %B1274.i
  %best_last.5.3.i = phi i64 [ %.3698.01217.i, %B1274.i ], [ %best_last.4.21219.i, %B1180.if.i ]
  %best_first.5.3.i = phi i64 [ %.39381261.i, %B1274.i ], [ %best_first.4.21220.i, %B1180.if.i ]
  %best.3.3.i = phi float [ %.3892.i, %B1274.i ], [ %best.2.21221.i, %B1180.if.i ]
  %.3776.i.1 = add nuw nsw i64 %.3698.01217.i, 2
  %19 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3776.i
  %.3856.i.1 = load float, ptr %19, align 4, !noalias !27
  %20 = xor i64 %.3698.01217.i, -2
  %.3865.i.1 = add nsw i64 %.566.i, %20
  %.55.i1190.i.1 = icmp sgt i64 %.3865.i.1, 0
  %.59.i1193.i.1 = uitofp nneg i64 %.3865.i.1 to double
  %.61.i1195.i.1 = fmul reassoc nsz contract double %.59.i1193.i.1, %.60.i.i
  %.66.i1196.i.1 = fptrunc double %.61.i1195.i.1 to float
  %.68.i1197.i.1 = fadd reassoc nsz contract float %penalty.3.0.i1189.i, %.66.i1196.i.1
  %penalty.4.0.i1191.i.1 = select i1 %.55.i1190.i.1, float %.68.i1197.i.1, float %penalty.3.0.i1189.i
  %.3892.i.1 = fadd reassoc nsz contract float %penalty.4.0.i1191.i.1, %.3856.i.1
  %.3898.i.1 = fcmp reassoc nsz contract olt float %.3892.i.1, %best.3.3.i
  br i1 %.3898.i.1, label %B1274.i.1, label %B1298.i.1

B1274.i.1:                                        ; preds = %B1298.i
  %21 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3776.i
  %.3932.i.1 = load i32, ptr %21, align 4, !noalias !27
  %.39381261.i.1 = zext i32 %.3932.i.1 to i64
  br label %B1298.i.1

B1298.i.1:                                        ; preds = %B1274.i.1, %B1298.i
  %best_last.5.3.i.1 = phi i64 [ %.3776.i, %B1274.i.1 ], [ %best_last.5.3.i, %B1298.i ]
  %best_first.5.3.i.1 = phi i64 [ %.39381261.i.1, %B1274.i.1 ], [ %best_first.5.3.i, %B1298.i ]
  %best.3.3.i.1 = phi float [ %.3892.i.1, %B1274.i.1 ], [ %best.3.3.i, %B1298.i ]
  %niter30.next.1 = add i64 %niter30, 2
  %niter30.ncmp.1 = icmp eq i64 %niter30.next.1, %unroll_iter29
  br i1 %niter30.ncmp.1, label %B1300.i.loopexit.unr-lcssa, label %B1180.if.i

B1300.i.loopexit.unr-lcssa:                       ; preds = %B1298.i.1
  br i1 %lcmp.mod24.not, label %B1300.i, label %B1180.if.i.epil.preheader

B1180.if.i.epil.preheader:                        ; preds = %B1300.i.loopexit.unr-lcssa, %B1180.if.lr.ph.i
  %best.2.21221.i.epil.init = phi float [ %best.4.11238.i, %B1180.if.lr.ph.i ], [ %best.3.3.i.1, %B1300.i.loopexit.unr-lcssa ]
  %best_first.4.21220.i.epil.init = phi i64 [ %best_first.2.11237.i, %B1180.if.lr.ph.i ], [ %best_first.5.3.i.1, %B1300.i.loopexit.unr-lcssa ]
  %best_last.4.21219.i.epil.init = phi i64 [ %best_last.2.11236.i, %B1180.if.lr.ph.i ], [ %best_last.5.3.i.1, %B1300.i.loopexit.unr-lcssa ]
  %.3698.01217.i.epil.init = phi i64 [ 0, %B1180.if.lr.ph.i ], [ %.3776.i.1, %B1300.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod28)
  %22 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3698.01217.i.epil.init
  %.3856.i.epil = load float, ptr %22, align 4, !noalias !27
  %23 = xor i64 %.3698.01217.i.epil.init, -1
  %.3865.i.epil = add nsw i64 %.566.i, %23
  %.55.i1190.i.epil = icmp sgt i64 %.3865.i.epil, 0
  %.59.i1193.i.epil = uitofp nneg i64 %.3865.i.epil to double
  %.61.i1195.i.epil = fmul reassoc nsz contract double %.59.i1193.i.epil, %.60.i.i
  %.66.i1196.i.epil = fptrunc double %.61.i1195.i.epil to float
  %.68.i1197.i.epil = fadd reassoc nsz contract float %penalty.3.0.i1189.i, %.66.i1196.i.epil
  %penalty.4.0.i1191.i.epil = select i1 %.55.i1190.i.epil, float %.68.i1197.i.epil, float %penalty.3.0.i1189.i
  %.3892.i.epil = fadd reassoc nsz contract float %penalty.4.0.i1191.i.epil, %.3856.i.epil
  %.3898.i.epil = fcmp reassoc nsz contract olt float %.3892.i.epil, %best.2.21221.i.epil.init
  br i1 %.3898.i.epil, label %B1274.i.epil, label %B1300.i

B1274.i.epil:                                     ; preds = %B1180.if.i.epil.preheader
  %24 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.3698.01217.i.epil.init
  %.3932.i.epil = load i32, ptr %24, align 4, !noalias !27
  %.39381261.i.epil = zext i32 %.3932.i.epil to i64
  br label %B1300.i

B1300.i:                                          ; preds = %B1300.i.loopexit.unr-lcssa, %B1274.i.epil, %B1180.if.i.epil.preheader, %B1120.i
  %best_last.3.4.i = phi i64 [ %best_last.2.11236.i, %B1120.i ], [ %best_last.5.3.i.1, %B1300.i.loopexit.unr-lcssa ], [ %.3698.01217.i.epil.init, %B1274.i.epil ], [ %best_last.4.21219.i.epil.init, %B1180.if.i.epil.preheader ]
  %best_first.3.4.i = phi i64 [ %best_first.2.11237.i, %B1120.i ], [ %best_first.5.3.i.1, %B1300.i.loopexit.unr-lcssa ], [ %.39381261.i.epil, %B1274.i.epil ], [ %best_first.4.21220.i.epil.init, %B1180.if.i.epil.preheader ]
  %best.5.4.i = phi float [ %best.4.11238.i, %B1120.i ], [ %best.3.3.i.1, %B1300.i.loopexit.unr-lcssa ], [ %.3892.i.epil, %B1274.i.epil ], [ %best.2.21221.i.epil.init, %B1180.if.i.epil.preheader ]
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  %.1508.i = icmp sgt i64 %.1454.11239.i, 0
  %.1517.i = sext i1 %.1508.i to i64
  %.1454.1.i = add nsw i64 %.1454.11239.i, %.1517.i
  %.1521.i = zext i1 %.1508.i to i64
  %.1451.1.i = add i64 %.1451.11240.i, %.1521.i
  %.1498.sroa.0.0.i = select i1 %.1508.i, i64 %.1451.11240.i, i64 0
  br i1 %.1508.i, label %B494.i, label %B1320.loopexit.i

B1320.loopexit.i:                                 ; preds = %B1300.i
  %25 = trunc i64 %best_first.3.4.i to i32
  %26 = trunc i64 %best_last.3.4.i to i32
  br label %B1320.i

B1320.i:                                          ; preds = %B244.endif.endif.endif.endif.i, %B1320.loopexit.i
  %best_last.2.1.lcssa.i = phi i32 [ 0, %B244.endif.endif.endif.endif.i ], [ %26, %B1320.loopexit.i ]
  %best_first.2.1.lcssa.i = phi i32 [ 0, %B244.endif.endif.endif.endif.i ], [ %25, %B1320.loopexit.i ]
  %best.4.1.lcssa.i = phi float [ 0x7FF0000000000000, %B244.endif.endif.endif.endif.i ], [ %best.5.4.i, %B1320.loopexit.i ]
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  %.4117.i = select i1 %.336.i, i64 %arg.a9_0, i64 0
  %27 = getelementptr float, ptr %arg.a9, i64 %.258.sroa.0.01251.i
  %.4131.i = getelementptr float, ptr %27, i64 %.4117.i
  store float %best.4.1.lcssa.i, ptr %.4131.i, align 4, !noalias !27
  %.4151.i = select i1 %.336.i, i64 %arg.a10_0, i64 0
  %28 = getelementptr i32, ptr %arg.a10, i64 %.258.sroa.0.01251.i
  %.4165.i = getelementptr i32, ptr %28, i64 %.4151.i
  store i32 %best_first.2.1.lcssa.i, ptr %.4165.i, align 4, !noalias !27
  %.4186.i = select i1 %.336.i, i64 %arg.a11_0, i64 0
  %29 = getelementptr i32, ptr %arg.a11, i64 %.258.sroa.0.01251.i
  %.4200.i = getelementptr i32, ptr %29, i64 %.4186.i
  store i32 %best_last.2.1.lcssa.i, ptr %.4200.i, align 4, !noalias !27
  %.268.i = icmp sgt i64 %.212.11249.i, 0
  %.277.i = sext i1 %.268.i to i64
  %.212.1.i = add nsw i64 %.212.11249.i, %.277.i
  %.281.i = zext i1 %.268.i to i64
  %.209.1.i = add i64 %.209.11250.i, %.281.i
  %.258.sroa.0.0.i = select i1 %.268.i, i64 %.209.11250.i, i64 0
  br i1 %.268.i, label %B244.i, label %_ZN11scorebridge7kernels7warping4scanB2v7B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE.exit

B244.endif.i:                                     ; preds = %B244.else.endif.endif.endif.if.i, %B244.else.endif.endif.endif.i
  %.616.sroa.13.0.i = phi i64 [ %arg.a7_1, %B244.else.endif.endif.endif.if.i ], [ %.616.sroa.13.1.i, %B244.else.endif.endif.endif.i ]
  %.704.i = sub i64 %.616.sroa.13.0.i, %.616.sroa.0.2.i
  %.713.i = tail call i64 @llvm.smax.i64(i64 %.704.i, i64 0)
  %.737.i = getelementptr float, ptr %arg.a7, i64 %.616.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  br i1 %.636.i, label %B244.endif.else.endif.if.i, label %B244.endif.else.endif.endif.i, !prof !30

B244.else.endif.if.i:                             ; preds = %B244.i
  br label %B244.else.endif.endif.i

B244.else.endif.endif.i:                          ; preds = %B244.else.endif.if.i, %B244.i
  %.616.sroa.0.2.i = phi i64 [ %arg.a7_1, %B244.else.endif.if.i ], [ 0, %B244.i ]
  %.643.i = icmp slt i64 %.566.i, 0
  %.644.i = select i1 %.643.i, i64 %arg.a7_1, i64 0
  %.645.i = add i64 %.644.i, %.566.i
  %.648.i = icmp slt i64 %.645.i, 0
  br i1 %.648.i, label %B244.else.endif.endif.if.i, label %B244.else.endif.endif.endif.i, !prof !30

B244.else.endif.endif.if.i:                       ; preds = %B244.else.endif.endif.i
  br label %B244.else.endif.endif.endif.i

B244.else.endif.endif.endif.i:                    ; preds = %B244.else.endif.endif.if.i, %B244.else.endif.endif.i
  %.616.sroa.13.1.i = phi i64 [ 0, %B244.else.endif.endif.if.i ], [ %.645.i, %B244.else.endif.endif.i ]
  %.653.not.i = icmp slt i64 %.645.i, %arg.a7_1
  br i1 %.653.not.i, label %B244.endif.i, label %B244.else.endif.endif.endif.if.i, !prof !34

B244.else.endif.endif.endif.if.i:                 ; preds = %B244.else.endif.endif.endif.i
  br label %B244.endif.i

B244.endif.endif.i:                               ; preds = %B244.endif.else.endif.endif.endif.if.i, %B244.endif.else.endif.endif.endif.i
  %.812.sroa.13.0.i = phi i64 [ %arg.a7_1, %B244.endif.else.endif.endif.endif.if.i ], [ %.812.sroa.13.1.i, %B244.endif.else.endif.endif.endif.i ]
  %.900.i = sub i64 %.812.sroa.13.0.i, %.812.sroa.0.2.i
  %.909.i = tail call i64 @llvm.smax.i64(i64 %.900.i, i64 0)
  %.933.i = getelementptr float, ptr %0, i64 %.812.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  br i1 %.1058.i, label %B244.endif.endif.else.endif.if.i, label %B244.endif.endif.else.endif.endif.i, !prof !30

B244.endif.else.endif.if.i:                       ; preds = %B244.endif.i
  br label %B244.endif.else.endif.endif.i

B244.endif.else.endif.endif.i:                    ; preds = %B244.endif.else.endif.if.i, %B244.endif.i
  %.812.sroa.0.2.i = phi i64 [ %arg.a7_1, %B244.endif.else.endif.if.i ], [ 0, %B244.endif.i ]
  br i1 %.648.i, label %B244.endif.else.endif.endif.if.i, label %B244.endif.else.endif.endif.endif.i, !prof !30

B244.endif.else.endif.endif.if.i:                 ; preds = %B244.endif.else.endif.endif.i
  br label %B244.endif.else.endif.endif.endif.i

B244.endif.else.endif.endif.endif.i:              ; preds = %B244.endif.else.endif.endif.if.i, %B244.endif.else.endif.endif.i
  %.812.sroa.13.1.i = phi i64 [ 0, %B244.endif.else.endif.endif.if.i ], [ %.645.i, %B244.endif.else.endif.endif.i ]
  br i1 %.653.not.i, label %B244.endif.endif.i, label %B244.endif.else.endif.endif.endif.if.i, !prof !34

B244.endif.else.endif.endif.endif.if.i:           ; preds = %B244.endif.else.endif.endif.endif.i
  br label %B244.endif.endif.i

B244.endif.endif.endif.i:                         ; preds = %B244.endif.endif.else.endif.endif.endif.if.i, %B244.endif.endif.else.endif.endif.endif.i
  %.1038.sroa.13.0.i = phi i64 [ %arg.a8_1, %B244.endif.endif.else.endif.endif.endif.if.i ], [ %.1038.sroa.13.1.i, %B244.endif.endif.else.endif.endif.endif.i ]
  %.1126.i = sub i64 %.1038.sroa.13.0.i, %.1038.sroa.0.2.i
  %.1135.i = tail call i64 @llvm.smax.i64(i64 %.1126.i, i64 0)
  %.1159.i = getelementptr i32, ptr %arg.a8, i64 %.1038.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  br i1 %.1058.i, label %B244.endif.endif.endif.else.endif.if.i, label %B244.endif.endif.endif.else.endif.endif.i, !prof !30

B244.endif.endif.else.endif.if.i:                 ; preds = %B244.endif.endif.i
  br label %B244.endif.endif.else.endif.endif.i

B244.endif.endif.else.endif.endif.i:              ; preds = %B244.endif.endif.else.endif.if.i, %B244.endif.endif.i
  %.1038.sroa.0.2.i = phi i64 [ %arg.a8_1, %B244.endif.endif.else.endif.if.i ], [ 0, %B244.endif.endif.i ]
  %.1066.i = select i1 %.643.i, i64 %arg.a8_1, i64 0
  %.1067.i = add i64 %.1066.i, %.566.i
  %.1070.i = icmp slt i64 %.1067.i, 0
  br i1 %.1070.i, label %B244.endif.endif.else.endif.endif.if.i, label %B244.endif.endif.else.endif.endif.endif.i, !prof !30

B244.endif.endif.else.endif.endif.if.i:           ; preds = %B244.endif.endif.else.endif.endif.i
  br label %B244.endif.endif.else.endif.endif.endif.i

B244.endif.endif.else.endif.endif.endif.i:        ; preds = %B244.endif.endif.else.endif.endif.if.i, %B244.endif.endif.else.endif.endif.i
  %.1038.sroa.13.1.i = phi i64 [ 0, %B244.endif.endif.else.endif.endif.if.i ], [ %.1067.i, %B244.endif.endif.else.endif.endif.i ]
  %.1075.not.i = icmp slt i64 %.1067.i, %arg.a8_1
  br i1 %.1075.not.i, label %B244.endif.endif.endif.i, label %B244.endif.endif.else.endif.endif.endif.if.i, !prof !34

B244.endif.endif.else.endif.endif.endif.if.i:     ; preds = %B244.endif.endif.else.endif.endif.endif.i
  br label %B244.endif.endif.endif.i

B244.endif.endif.endif.endif.i:                   ; preds = %B244.endif.endif.endif.else.endif.endif.endif.if.i, %B244.endif.endif.endif.else.endif.endif.endif.i
  %.1234.sroa.13.0.i = phi i64 [ %arg.a8_1, %B244.endif.endif.endif.else.endif.endif.endif.if.i ], [ %.1234.sroa.13.1.i, %B244.endif.endif.endif.else.endif.endif.endif.i ]
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  %.15081224.i = icmp sgt i64 %.563.i, 0
  br i1 %.15081224.i, label %B494.lr.ph.i, label %B1320.i

B494.lr.ph.i:                                     ; preds = %B244.endif.endif.endif.endif.i
  %.1454.11226.i = add nsw i64 %.563.i, -1
  %.1355.i = getelementptr i32, ptr %1, i64 %.1234.sroa.0.2.i
  %.1322.i = sub i64 %.1234.sroa.13.0.i, %.1234.sroa.0.2.i
  %.1331.i = tail call i64 @llvm.smax.i64(i64 %.1322.i, i64 0)
  %.1602.i = icmp slt i64 %.473.i, 0
  %.1603.i = select i1 %.1602.i, i64 %arg.a0_1, i64 0
  %.1604.i = add i64 %.1603.i, %.473.i
  %.1607.i = icmp slt i64 %.1604.i, 0
  %.1612.not.i = icmp slt i64 %.1604.i, %arg.a0_1
  %.1619.i = icmp slt i64 %.528.i, 0
  %.1620.i = select i1 %.1619.i, i64 %arg.a0_1, i64 0
  %.1621.i = add i64 %.1620.i, %.528.i
  %.1624.i = icmp slt i64 %.1621.i, 0
  %.1629.not.i = icmp slt i64 %.1621.i, %arg.a0_1
  %.18381200.not.i = icmp slt i64 %.566.i, 1
  %.13.i.i = tail call i64 @llvm.smin.i64(i64 %.566.i, i64 %arg.a2_0)
  %storemerge1179.i = tail call i64 @llvm.smax.i64(i64 %.13.i.i, i64 0)
  %.22771206.i = icmp sgt i64 %.13.i.i, 0
  %.22901207.i = zext i1 %.22771206.i to i64
  %.22861208.i = sext i1 %.22771206.i to i64
  %.2224.11209.i = add nsw i64 %storemerge1179.i, %.22861208.i
  %.3328.i = add i64 %.566.i, -1
  %storemerge1180.i = tail call i64 @llvm.smax.i64(i64 %.3328.i, i64 0)
  %.33711213.not1254.i = icmp slt i64 %.3328.i, 1
  %exitcond.peel.not.i = icmp eq i64 %.566.i, 1
  %brmerge1252.i = select i1 %.3289.i, i1 true, i1 %.33711213.not1254.i
  %30 = xor i64 %.473.i, -1
  %31 = add i64 %.528.i, %30
  %32 = add i64 %.528.i, -2
  %33 = sub i64 %32, %.473.i
  %xtraiter = and i64 %31, 3
  %34 = icmp ult i64 %33, 3
  %unroll_iter = and i64 %31, -4
  %lcmp.mod.not = icmp eq i64 %xtraiter, 0
  %lcmp.mod3 = icmp ne i64 %xtraiter, 0
  %xtraiter4 = and i64 %.566.i, 7
  %35 = icmp ult i64 %31, 7
  %unroll_iter8 = and i64 %.566.i, 9223372036854775800
  %lcmp.mod6.not = icmp eq i64 %xtraiter4, 0
  %lcmp.mod7 = icmp ne i64 %xtraiter4, 0
  %xtraiter16 = and i64 %storemerge1180.i, 1
  %36 = icmp eq i64 %.3328.i, 1
  %unroll_iter20 = and i64 %storemerge1180.i, 9223372036854775806
  %lcmp.mod18.not = icmp eq i64 %xtraiter16, 0
  %lcmp.mod19 = icmp ne i64 %xtraiter16, 0
  %xtraiter22 = and i64 %.566.i, 1
  %37 = icmp eq i64 %.3328.i, 0
  %unroll_iter29 = and i64 %.566.i, 9223372036854775806
  %lcmp.mod24.not = icmp eq i64 %xtraiter22, 0
  %lcmp.mod28 = icmp ne i64 %xtraiter22, 0
  br label %B494.i

B244.endif.endif.endif.else.endif.if.i:           ; preds = %B244.endif.endif.endif.i
  br label %B244.endif.endif.endif.else.endif.endif.i

B244.endif.endif.endif.else.endif.endif.i:        ; preds = %B244.endif.endif.endif.else.endif.if.i, %B244.endif.endif.endif.i
  %.1234.sroa.0.2.i = phi i64 [ %arg.a8_1, %B244.endif.endif.endif.else.endif.if.i ], [ 0, %B244.endif.endif.endif.i ]
  br i1 %.1070.i, label %B244.endif.endif.endif.else.endif.endif.if.i, label %B244.endif.endif.endif.else.endif.endif.endif.i, !prof !30

B244.endif.endif.endif.else.endif.endif.if.i:     ; preds = %B244.endif.endif.endif.else.endif.endif.i
  br label %B244.endif.endif.endif.else.endif.endif.endif.i

B244.endif.endif.endif.else.endif.endif.endif.i:  ; preds = %B244.endif.endif.endif.else.endif.endif.if.i, %B244.endif.endif.endif.else.endif.endif.i
  %.1234.sroa.13.1.i = phi i64 [ 0, %B244.endif.endif.endif.else.endif.endif.if.i ], [ %.1067.i, %B244.endif.endif.endif.else.endif.endif.i ]
  br i1 %.1075.not.i, label %B244.endif.endif.endif.endif.i, label %B244.endif.endif.endif.else.endif.endif.endif.if.i, !prof !34

B244.endif.endif.endif.else.endif.endif.endif.if.i: ; preds = %B244.endif.endif.endif.else.endif.endif.endif.i
  br label %B244.endif.endif.endif.endif.i

B494.endif.i:                                     ; preds = %B494.else.endif.endif.endif.if.i, %B494.else.endif.endif.endif.i
  %.1592.sroa.13.0.i = phi i64 [ %arg.a0_1, %B494.else.endif.endif.endif.if.i ], [ %.1592.sroa.13.1.i, %B494.else.endif.endif.endif.i ]
  %.1680.i = sub i64 %.1592.sroa.13.0.i, %.1592.sroa.0.2.i
  %.1689.i = tail call i64 @llvm.smax.i64(i64 %.1680.i, i64 0)
  %.1709.i = mul i64 %.1591.i, %arg.a0_1
  %38 = getelementptr float, ptr %arg.a0, i64 %.1709.i
  %.1713.i = getelementptr float, ptr %38, i64 %.1592.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  %.1752.i = icmp ne i64 %.1498.sroa.0.01241.i, 0
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  %or.cond.i = select i1 %.1752.i, i1 %.1756.i, i1 false
  br i1 %or.cond.i, label %B658.i, label %B550.i

B494.else.if.i:                                   ; preds = %B494.i
  br label %B494.else.endif.i

B494.else.endif.i:                                ; preds = %B494.else.if.i, %B494.i
  %.1592.sroa.0.1.i = phi i64 [ 0, %B494.else.if.i ], [ %.1604.i, %B494.i ]
  br i1 %.1612.not.i, label %B494.else.endif.endif.i, label %B494.else.endif.if.i, !prof !34

B494.else.endif.if.i:                             ; preds = %B494.else.endif.i
  br label %B494.else.endif.endif.i

B494.else.endif.endif.i:                          ; preds = %B494.else.endif.if.i, %B494.else.endif.i
  %.1592.sroa.0.2.i = phi i64 [ %arg.a0_1, %B494.else.endif.if.i ], [ %.1592.sroa.0.1.i, %B494.else.endif.i ]
  br i1 %.1624.i, label %B494.else.endif.endif.if.i, label %B494.else.endif.endif.endif.i, !prof !30

B494.else.endif.endif.if.i:                       ; preds = %B494.else.endif.endif.i
  br label %B494.else.endif.endif.endif.i

B494.else.endif.endif.endif.i:                    ; preds = %B494.else.endif.endif.if.i, %B494.else.endif.endif.i
  %.1592.sroa.13.1.i = phi i64 [ 0, %B494.else.endif.endif.if.i ], [ %.1621.i, %B494.else.endif.endif.i ]
  br i1 %.1629.not.i, label %B494.endif.i, label %B494.else.endif.endif.endif.if.i, !prof !34

B494.else.endif.endif.endif.if.i:                 ; preds = %B494.else.endif.endif.endif.i
  br label %B494.endif.i

B580.if.i:                                        ; preds = %B580.if.i.preheader, %B580.if.i
  %.1782.01201.i = phi i64 [ %.1851.i.3, %B580.if.i ], [ 1, %B580.if.i.preheader ]
  %niter = phi i64 [ %niter.next.3, %B580.if.i ], [ 0, %B580.if.i.preheader ]
  %.1851.i = add nuw nsw i64 %.1782.01201.i, 1
  %.59.i.i = uitofp nneg i64 %.1782.01201.i to double
  %.61.i.i = fmul reassoc nsz contract double %.59.i.i, %.60.i.i
  %.66.i.i = fptrunc double %.61.i.i to float
  %39 = getelementptr float, ptr %.1713.i, i64 %.1782.01201.i
  %.1933.i = load float, ptr %39, align 4, !noalias !27
  %.68.i.i = fadd reassoc nsz contract float %.1933.i, %penalty.3.0.i.i
  %.1934.i = fadd reassoc nsz contract float %.68.i.i, %.66.i.i
  %40 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.1782.01201.i
  store float %.1934.i, ptr %40, align 4, !noalias !27
  %41 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.1782.01201.i
  %.1994.i = trunc i64 %.1782.01201.i to i32
  store i32 %.1994.i, ptr %41, align 4, !noalias !27
  %.1851.i.1 = add nuw nsw i64 %.1782.01201.i, 2
  %.59.i.i.1 = uitofp nneg i64 %.1851.i to double
  %.61.i.i.1 = fmul reassoc nsz contract double %.59.i.i.1, %.60.i.i
  %.66.i.i.1 = fptrunc double %.61.i.i.1 to float
  %42 = getelementptr float, ptr %.1713.i, i64 %.1851.i
  %.1933.i.1 = load float, ptr %42, align 4, !noalias !27
  %.68.i.i.1 = fadd reassoc nsz contract float %.1933.i.1, %penalty.3.0.i.i
  %.1934.i.1 = fadd reassoc nsz contract float %.68.i.i.1, %.66.i.i.1
  %43 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.1851.i
  store float %.1934.i.1, ptr %43, align 4, !noalias !27
  %44 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.1851.i
  %.1994.i.1 = trunc i64 %.1851.i to i32
  store i32 %.1994.i.1, ptr %44, align 4, !noalias !27
  %.1851.i.2 = add nuw nsw i64 %.1782.01201.i, 3
  %.59.i.i.2 = uitofp nneg i64 %.1851.i.1 to double
  %.61.i.i.2 = fmul reassoc nsz contract double %.59.i.i.2, %.60.i.i
  %.66.i.i.2 = fptrunc double %.61.i.i.2 to float
  %45 = getelementptr float, ptr %.1713.i, i64 %.1851.i.1
  %.1933.i.2 = load float, ptr %45, align 4, !noalias !27
  %.68.i.i.2 = fadd reassoc nsz contract float %.1933.i.2, %penalty.3.0.i.i
  %.1934.i.2 = fadd reassoc nsz contract float %.68.i.i.2, %.66.i.i.2
  %46 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.1851.i.1
  store float %.1934.i.2, ptr %46, align 4, !noalias !27
  %47 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.1851.i.1
  %.1994.i.2 = trunc i64 %.1851.i.1 to i32
  store i32 %.1994.i.2, ptr %47, align 4, !noalias !27
  %.1851.i.3 = add nuw nsw i64 %.1782.01201.i, 4
  %.59.i.i.3 = uitofp nneg i64 %.1851.i.2 to double
  %.61.i.i.3 = fmul reassoc nsz contract double %.59.i.i.3, %.60.i.i
  %.66.i.i.3 = fptrunc double %.61.i.i.3 to float
  %48 = getelementptr float, ptr %.1713.i, i64 %.1851.i.2
  %.1933.i.3 = load float, ptr %48, align 4, !noalias !27
  %.68.i.i.3 = fadd reassoc nsz contract float %.1933.i.3, %penalty.3.0.i.i
  %.1934.i.3 = fadd reassoc nsz contract float %.68.i.i.3, %.66.i.i.3
  %49 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.1851.i.2
  store float %.1934.i.3, ptr %49, align 4, !noalias !27
  %50 = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.1851.i.2
  %.1994.i.3 = trunc i64 %.1851.i.2 to i32
  store i32 %.1994.i.3, ptr %50, align 4, !noalias !27
  %niter.next.3 = add i64 %niter, 4
  %niter.ncmp.3 = icmp eq i64 %niter.next.3, %unroll_iter
  br i1 %niter.ncmp.3, label %B704.i.loopexit2.unr-lcssa, label %B580.if.i, !llvm.loop !35

B688.if.i:                                        ; preds = %B688.if.i.preheader, %B688.if.i
  %.2026.01204.i = phi i64 [ %.2095.i.7, %B688.if.i ], [ 0, %B688.if.i.preheader ]
  %niter9 = phi i64 [ %niter9.next.7, %B688.if.i ], [ 0, %B688.if.i.preheader ]
  %51 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  store float 0x7FF0000000000000, ptr %51, align 4, !noalias !27
  %52 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  %53 = getelementptr i8, ptr %52, i64 4
  store float 0x7FF0000000000000, ptr %53, align 4, !noalias !27
  %54 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  %55 = getelementptr i8, ptr %54, i64 8
  store float 0x7FF0000000000000, ptr %55, align 4, !noalias !27
  %56 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  %57 = getelementptr i8, ptr %56, i64 12
  store float 0x7FF0000000000000, ptr %57, align 4, !noalias !27
  %58 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  %59 = getelementptr i8, ptr %58, i64 16
  store float 0x7FF0000000000000, ptr %59, align 4, !noalias !27
  %60 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  %61 = getelementptr i8, ptr %60, i64 20
  store float 0x7FF0000000000000, ptr %61, align 4, !noalias !27
  %62 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  %63 = getelementptr i8, ptr %62, i64 24
  store float 0x7FF0000000000000, ptr %63, align 4, !noalias !27
  %.2095.i.7 = add nuw nsw i64 %.2026.01204.i, 8
  %64 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2026.01204.i
  %65 = getelementptr i8, ptr %64, i64 28
  store float 0x7FF0000000000000, ptr %65, align 4, !noalias !27
  %niter9.next.7 = add i64 %niter9, 8
  %niter9.ncmp.7 = icmp eq i64 %niter9.next.7, %unroll_iter8
  br i1 %niter9.ncmp.7, label %B704.i.loopexit.unr-lcssa, label %B688.if.i

B802.else.if.i:                                   ; preds = %B802.i
  br label %B802.else.endif.i

B802.else.endif.i:                                ; preds = %B802.else.if.i, %B802.i
  %.2344.sroa.0.1.i = phi i64 [ 0, %B802.else.if.i ], [ %.2356.i, %B802.i ]
  %.2364.not.i = icmp slt i64 %.2356.i, %here.2.sroa.75.11228.i
  br i1 %.2364.not.i, label %B802.else.endif.endif.endif.if.i, label %B802.else.endif.if.i, !prof !34

B802.else.endif.if.i:                             ; preds = %B802.else.endif.i
  br label %B802.else.endif.endif.endif.if.i

B802.else.endif.endif.endif.if.i:                 ; preds = %B802.else.endif.if.i, %B802.else.endif.i
  %.2344.sroa.0.2.i = phi i64 [ %here.2.sroa.75.11228.i, %B802.else.endif.if.i ], [ %.2344.sroa.0.1.i, %B802.else.endif.i ]
  %.2432.i = sub i64 %here.2.sroa.75.11228.i, %.2344.sroa.0.2.i
  %.2457.i = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.2344.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  %.2526.i = select i1 %.2354.i, i64 %here_from.2.sroa.65.11232.i, i64 0
  %.2527.i = add i64 %.2526.i, %.2267.sroa.0.01212.i
  %.2530.i = icmp slt i64 %.2527.i, 0
  br i1 %.2530.i, label %B802.endif.else.if.i, label %B802.endif.else.endif.i, !prof !30

B802.endif.else.if.i:                             ; preds = %B802.else.endif.endif.endif.if.i
  br label %B802.endif.else.endif.i

B802.endif.else.endif.i:                          ; preds = %B802.endif.else.if.i, %B802.else.endif.endif.endif.if.i
  %.2515.sroa.0.1.i = phi i64 [ 0, %B802.endif.else.if.i ], [ %.2527.i, %B802.else.endif.endif.endif.if.i ]
  %.2535.not.i = icmp slt i64 %.2527.i, %here_from.2.sroa.65.11232.i
  br i1 %.2535.not.i, label %B802.endif.else.endif.endif.endif.if.i, label %B802.endif.else.endif.if.i, !prof !34

B802.endif.else.endif.if.i:                       ; preds = %B802.endif.else.endif.i
  br label %B802.endif.else.endif.endif.endif.if.i

B802.endif.else.endif.endif.endif.if.i:           ; preds = %B802.endif.else.endif.if.i, %B802.endif.else.endif.i
  %.2515.sroa.0.2.i = phi i64 [ %here_from.2.sroa.65.11232.i, %B802.endif.else.endif.if.i ], [ %.2515.sroa.0.1.i, %B802.endif.else.endif.i ]
  %.2628.i = getelementptr i32, ptr %here_from.2.sroa.52.11233.i, i64 %.2515.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  %.3039.i = select i1 %.2354.i, i64 %.1689.i, i64 0
  %.3040.i = add i64 %.3039.i, %.2267.sroa.0.01212.i
  %.3043.i = icmp slt i64 %.3040.i, 0
  br i1 %.3043.i, label %B802.endif.endif.endif.endif.else.if.i, label %B802.endif.endif.endif.endif.else.endif.i, !prof !30

B802.endif.endif.endif.endif.else.if.i:           ; preds = %B802.endif.else.endif.endif.endif.if.i
  br label %B802.endif.endif.endif.endif.else.endif.i

B802.endif.endif.endif.endif.else.endif.i:        ; preds = %B802.endif.endif.endif.endif.else.if.i, %B802.endif.else.endif.endif.endif.if.i
  %.3028.sroa.0.1.i = phi i64 [ 0, %B802.endif.endif.endif.endif.else.if.i ], [ %.3040.i, %B802.endif.else.endif.endif.endif.if.i ]
  %.3048.not.i = icmp slt i64 %.3040.i, %.1689.i
  br i1 %.3048.not.i, label %B802.endif.endif.endif.en...if.i, label %B802.endif.endif.endif.endif.else.endif.if.i, !prof !34

B802.endif.endif.endif.endif.else.endif.if.i:     ; preds = %B802.endif.endif.endif.endif.else.endif.i
  br label %B802.endif.endif.endif.en...if.i

B802.endif.endif.endif.en...if.i:                 ; preds = %B802.endif.endif.endif.endif.else.endif.if.i, %B802.endif.endif.endif.endif.else.endif.i
  %.3028.sroa.0.2.i = phi i64 [ %.1689.i, %B802.endif.endif.endif.endif.else.endif.if.i ], [ %.3028.sroa.0.1.i, %B802.endif.endif.endif.endif.else.endif.i ]
  %.3141.i = getelementptr float, ptr %.1713.i, i64 %.3028.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !27
  %.3187.i = select i1 %.2354.i, i64 %arg.a2_0, i64 0
  %66 = getelementptr float, ptr %arg.a2, i64 %.2267.sroa.0.01212.i
  %.3201.i = getelementptr float, ptr %66, i64 %.3187.i
  %.3202.i = load float, ptr %.3201.i, align 4, !noalias !27
  %.3217.i = select i1 %.2354.i, i64 %arg.a3_0, i64 0
  %67 = getelementptr float, ptr %arg.a3, i64 %.2267.sroa.0.01212.i
  %.3231.i = getelementptr float, ptr %67, i64 %.3217.i
  %.3232.i = load float, ptr %.3231.i, align 4, !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !37
  tail call fastcc void @NRT_incref(ptr null), !noalias !37
  tail call fastcc void @NRT_incref(ptr null), !noalias !37
  tail call fastcc void @NRT_incref(ptr null), !noalias !37
  tail call fastcc void @NRT_incref(ptr null), !noalias !37
  %.171196.not.i.i = icmp slt i64 %.2432.i, 1
  br i1 %.171196.not.i.i, label %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i, label %B60.if.i.i.preheader

B60.if.i.i.preheader:                             ; preds = %B802.endif.endif.endif.en...if.i
  %.neg = add i64 %.2344.sroa.0.2.i, 1
  %xtraiter10 = and i64 %.2432.i, 1
  %68 = icmp eq i64 %here.2.sroa.75.11228.i, %.neg
  br i1 %68, label %B60.if.i.i.epil.preheader, label %B60.if.i.i.preheader.new

B60.if.i.i.preheader.new:                         ; preds = %B60.if.i.i.preheader
  %unroll_iter14 = and i64 %.2432.i, 9223372036854775806
  br label %B60.if.i.i

B60.if.i.i:                                       ; preds = %B60.if.i.i, %B60.if.i.i.preheader.new
  %.113.0197.i.i = phi i64 [ 0, %B60.if.i.i.preheader.new ], [ %.184.i.i.1, %B60.if.i.i ]
  %niter15 = phi i64 [ 0, %B60.if.i.i.preheader.new ], [ %niter15.next.1, %B60.if.i.i ]
  %.184.i.i = or disjoint i64 %.113.0197.i.i, 1
  %69 = getelementptr float, ptr %before.2.sroa.36.11231.i, i64 %.113.0197.i.i
  %.242.i.i = load float, ptr %69, align 4, !noalias !37
  %70 = getelementptr float, ptr %.3141.i, i64 %.113.0197.i.i
  %.273.i.i = load float, ptr %70, align 4, !noalias !37
  %.275.i.i = fmul reassoc nsz contract float %.273.i.i, %.3202.i
  %.276.i.i = fadd reassoc nsz contract float %.242.i.i, %.3232.i
  %.278.i.i = fadd reassoc nsz contract float %.276.i.i, %.275.i.i
  %71 = getelementptr float, ptr %.2457.i, i64 %.113.0197.i.i
  %.312.i.i = load float, ptr %71, align 4, !noalias !37
  %.314.i.i = fcmp reassoc nsz contract olt float %.278.i.i, %.312.i.i
  %.278..312.i.i = select i1 %.314.i.i, float %.278.i.i, float %.312.i.i
  store float %.278..312.i.i, ptr %71, align 4, !noalias !37
  %72 = getelementptr i32, ptr %before_from.2.sroa.36.11235.i, i64 %.113.0197.i.i
  %73 = getelementptr i32, ptr %.2628.i, i64 %.113.0197.i.i
  %"$phi198.1.2.1.in.i.i" = select i1 %.314.i.i, ptr %72, ptr %73
  %"$phi198.1.2.1.i.i" = load i32, ptr %"$phi198.1.2.1.in.i.i", align 4, !noalias !37
  store i32 %"$phi198.1.2.1.i.i", ptr %73, align 4, !noalias !37
  %.184.i.i.1 = add nuw nsw i64 %.113.0197.i.i, 2
  %74 = getelementptr float, ptr %before.2.sroa.36.11231.i, i64 %.184.i.i
  %.242.i.i.1 = load float, ptr %74, align 4, !noalias !37
  %75 = getelementptr float, ptr %.3141.i, i64 %.184.i.i
  %.273.i.i.1 = load float, ptr %75, align 4, !noalias !37
  %.275.i.i.1 = fmul reassoc nsz contract float %.273.i.i.1, %.3202.i
  %.276.i.i.1 = fadd reassoc nsz contract float %.242.i.i.1, %.3232.i
  %.278.i.i.1 = fadd reassoc nsz contract float %.276.i.i.1, %.275.i.i.1
  %76 = getelementptr float, ptr %.2457.i, i64 %.184.i.i
  %.312.i.i.1 = load float, ptr %76, align 4, !noalias !37
  %.314.i.i.1 = fcmp reassoc nsz contract olt float %.278.i.i.1, %.312.i.i.1
  %.278..312.i.i.1 = select i1 %.314.i.i.1, float %.278.i.i.1, float %.312.i.i.1
  store float %.278..312.i.i.1, ptr %76, align 4, !noalias !37
  %77 = getelementptr i32, ptr %before_from.2.sroa.36.11235.i, i64 %.184.i.i
  %78 = getelementptr i32, ptr %.2628.i, i64 %.184.i.i
  %"$phi198.1.2.1.in.i.i.1" = select i1 %.314.i.i.1, ptr %77, ptr %78
  %"$phi198.1.2.1.i.i.1" = load i32, ptr %"$phi198.1.2.1.in.i.i.1", align 4, !noalias !37
  store i32 %"$phi198.1.2.1.i.i.1", ptr %78, align 4, !noalias !37
  %niter15.next.1 = add i64 %niter15, 2
  %niter15.ncmp.1 = icmp eq i64 %niter15.next.1, %unroll_iter14
  br i1 %niter15.ncmp.1, label %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i.loopexit.unr-lcssa, label %B60.if.i.i

_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i.loopexit.unr-lcssa: ; preds = %B60.if.i.i
  %lcmp.mod12.not = icmp eq i64 %xtraiter10, 0
  br i1 %lcmp.mod12.not, label %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i, label %B60.if.i.i.epil.preheader

B60.if.i.i.epil.preheader:                        ; preds = %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i.loopexit.unr-lcssa, %B60.if.i.i.preheader
  %.113.0197.i.i.epil.init = phi i64 [ 0, %B60.if.i.i.preheader ], [ %.184.i.i.1, %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i.loopexit.unr-lcssa ]
  %lcmp.mod13 = icmp ne i64 %xtraiter10, 0
  tail call void @llvm.assume(i1 %lcmp.mod13)
  %79 = getelementptr float, ptr %before.2.sroa.36.11231.i, i64 %.113.0197.i.i.epil.init
  %.242.i.i.epil = load float, ptr %79, align 4, !noalias !37
  %80 = getelementptr float, ptr %.3141.i, i64 %.113.0197.i.i.epil.init
  %.273.i.i.epil = load float, ptr %80, align 4, !noalias !37
  %.275.i.i.epil = fmul reassoc nsz contract float %.273.i.i.epil, %.3202.i
  %.276.i.i.epil = fadd reassoc nsz contract float %.242.i.i.epil, %.3232.i
  %.278.i.i.epil = fadd reassoc nsz contract float %.276.i.i.epil, %.275.i.i.epil
  %81 = getelementptr float, ptr %.2457.i, i64 %.113.0197.i.i.epil.init
  %.312.i.i.epil = load float, ptr %81, align 4, !noalias !37
  %.314.i.i.epil = fcmp reassoc nsz contract olt float %.278.i.i.epil, %.312.i.i.epil
  %.278..312.i.i.epil = select i1 %.314.i.i.epil, float %.278.i.i.epil, float %.312.i.i.epil
  store float %.278..312.i.i.epil, ptr %81, align 4, !noalias !37
  %82 = getelementptr i32, ptr %before_from.2.sroa.36.11235.i, i64 %.113.0197.i.i.epil.init
  %83 = getelementptr i32, ptr %.2628.i, i64 %.113.0197.i.i.epil.init
  %"$phi198.1.2.1.in.i.i.epil" = select i1 %.314.i.i.epil, ptr %82, ptr %83
  %"$phi198.1.2.1.i.i.epil" = load i32, ptr %"$phi198.1.2.1.in.i.i.epil", align 4, !noalias !37
  store i32 %"$phi198.1.2.1.i.i.epil", ptr %83, align 4, !noalias !37
  br label %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i

_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i: ; preds = %B60.if.i.i.epil.preheader, %_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff.exit.i.loopexit.unr-lcssa, %B802.endif.endif.endif.en...if.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !37
  tail call fastcc void @NRT_decref(ptr null), !noalias !37
  tail call fastcc void @NRT_decref(ptr null), !noalias !37
  tail call fastcc void @NRT_decref(ptr null), !noalias !37
  tail call fastcc void @NRT_decref(ptr null), !noalias !37
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  %.2277.i = icmp sgt i64 %.2224.11211.i, 0
  %.2290.i = zext i1 %.2277.i to i64
  %.2221.1.i = add i64 %.2221.11210.i, %.2290.i
  %.2286.i = sext i1 %.2277.i to i64
  %.2224.1.i = add nsw i64 %.2224.11211.i, %.2286.i
  %.2267.sroa.0.0.i = select i1 %.2277.i, i64 %.2221.11210.i, i64 0
  br i1 %.2277.i, label %B802.i, label %B962.i

B1006.if.i:                                       ; preds = %B1006.if.i.preheader, %B1118.i.1
  %.3315.01214.i = phi i64 [ %.3384.i.1, %B1118.i.1 ], [ 1, %B1006.if.i.preheader ]
  %niter21 = phi i64 [ %niter21.next.1, %B1118.i.1 ], [ 0, %B1006.if.i.preheader ]
  %.3384.i = add nuw i64 %.3315.01214.i, 1
  %.3413.i = add nsw i64 %.3315.01214.i, -1
  %84 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3413.i
  %.3443.i = load float, ptr %84, align 4, !noalias !27
  %85 = getelementptr float, ptr %.1713.i, i64 %.3315.01214.i
  %.3474.i = load float, ptr %85, align 4, !noalias !27
  %.3476.i = fmul reassoc nsz contract float %.3474.i, %.161.i
  %.3477.i = fadd reassoc nsz contract float %.3476.i, %.3443.i
  %86 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3315.01214.i
  %.3511.i = load float, ptr %86, align 4, !noalias !27
  %.3513.i = fcmp reassoc nsz contract olt float %.3477.i, %.3511.i
  br i1 %.3513.i, label %B1080.i, label %B1118.i

B1180.if.i:                                       ; preds = %B1180.if.lr.ph.i, %B1298.i.1
  %best.2.21221.i = phi float [ %best.3.3.i.1, %B1298.i.1 ], [ %best.4.11238.i, %B1180.if.lr.ph.i ]
  %best_first.4.21220.i = phi i64 [ %best_first.5.3.i.1, %B1298.i.1 ], [ %best_first.2.11237.i, %B1180.if.lr.ph.i ]
  %best_last.4.21219.i = phi i64 [ %best_last.5.3.i.1, %B1298.i.1 ], [ %best_last.2.11236.i, %B1180.if.lr.ph.i ]
  %.3698.01217.i = phi i64 [ %.3776.i.1, %B1298.i.1 ], [ 0, %B1180.if.lr.ph.i ]
  %niter30 = phi i64 [ %niter30.next.1, %B1298.i.1 ], [ 0, %B1180.if.lr.ph.i ]
  %.3776.i = or disjoint i64 %.3698.01217.i, 1
  %87 = getelementptr float, ptr %here.2.sroa.60.11229.i, i64 %.3698.01217.i
  %.3856.i = load float, ptr %87, align 4, !noalias !27
  %88 = xor i64 %.3698.01217.i, -1
  %.3865.i = add nsw i64 %.566.i, %88
  %.55.i1190.i = icmp sgt i64 %.3865.i, 0
  %.59.i1193.i = uitofp nneg i64 %.3865.i to double
  %.61.i1195.i = fmul reassoc nsz contract double %.59.i1193.i, %.60.i.i
  %.66.i1196.i = fptrunc double %.61.i1195.i to float
  %.68.i1197.i = fadd reassoc nsz contract float %penalty.3.0.i1189.i, %.66.i1196.i
  %penalty.4.0.i1191.i = select i1 %.55.i1190.i, float %.68.i1197.i, float %penalty.3.0.i1189.i
  %.3892.i = fadd reassoc nsz contract float %penalty.4.0.i1191.i, %.3856.i
  %.3898.i = fcmp reassoc nsz contract olt float %.3892.i, %best.2.21221.i
  br i1 %.3898.i, label %B1274.i, label %B1298.i

_ZN11scorebridge7kernels7warping4scanB2v7B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE.exit: ; preds = %B1320.i, %entry
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  store ptr null, ptr %retptr, align 8
  ret void
}

; Function Attrs: noinline
define internal fastcc void @NRT_decref(ptr %.1) unnamed_addr #0 {
.3:
  %.4 = icmp eq ptr %.1, null
  br i1 %.4, label %common.ret, label %.3.endif, !prof !30

common.ret:                                       ; preds = %.3.endif, %.3.endif.if, %.3
  ret void

.3.endif:                                         ; preds = %.3
  fence release
  %.4.i = atomicrmw sub ptr %.1, i64 1 monotonic, align 8
  %.10 = icmp eq i64 %.4.i, 1
  br i1 %.10, label %.3.endif.if, label %common.ret, !prof !30

.3.endif.if:                                      ; preds = %.3.endif
  fence acquire
  tail call void @scorebridge_NRT_MemInfo_call_dtor(ptr nonnull %.1)
  br label %common.ret
}

declare void @scorebridge_NRT_MemInfo_call_dtor(ptr) local_unnamed_addr

; Function Attrs: mustprogress nofree noinline norecurse nounwind willreturn memory(argmem: readwrite)
define internal fastcc void @NRT_incref(ptr captures(address_is_null) %.1) unnamed_addr #1 {
.3:
  %.4 = icmp eq ptr %.1, null
  br i1 %.4, label %common.ret, label %.3.endif, !prof !30

common.ret:                                       ; preds = %.3, %.3.endif
  ret void

.3.endif:                                         ; preds = %.3
  %.4.i = atomicrmw add ptr %.1, i64 1 monotonic, align 8
  br label %common.ret
}

define ptr @scan(ptr readonly captures(none) %.1, i64 %.2, i64 %.3, ptr readonly captures(none) %.4, i64 %.5, i64 %.6, ptr readonly captures(none) %.7, i64 %.8, ptr readonly captures(none) %.9, i64 %.10, double %.11, double %.12, double %.13, ptr captures(none) %.14, i64 %.15, i64 %.16, ptr captures(none) %.17, i64 %.18, i64 %.19, ptr writeonly captures(none) %.20, i64 %.21, ptr writeonly captures(none) %.22, i64 %.23, ptr writeonly captures(none) %.24, i64 %.25) local_unnamed_addr {
entry:
  %.27 = alloca ptr, align 8
  store ptr null, ptr %.27, align 8
  call fastcc void @_ZN13_3cdynamic_3e5entryB2v1B106c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDG56aoKZjphCYRBHEAZoAE10float32_2axx8int64_2axx10float32_2ax10float32_2axddd10float32_2axx8int32_2axx10float32_2ax8int32_2ax8int32_2ax(ptr %.27, ptr %.1, i64 %.2, i64 %.3, ptr %.4, i64 %.5, i64 %.6, ptr %.7, i64 %.8, ptr %.9, i64 %.10, double %.11, double %.12, double %.13, ptr %.14, i64 %.16, ptr %.17, i64 %.19, ptr %.20, i64 %.21, ptr %.22, i64 %.23, ptr %.24, i64 %.25) #0
  %.41 = load ptr, ptr %.27, align 8
  ret ptr %.41
}

define internal fastcc void @_ZN13_3cdynamic_3e5entryB3v11B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float32_2axx10float32_2ax10float32_2axddd10float32_2axx8uint8_2axx10float32_2ax8int32_2axx8int64_2ax(ptr noalias nonnull writeonly captures(none) %retptr, ptr readonly captures(none) %arg.a0, i64 %arg.a0_0, i64 %arg.a0_1, ptr readonly captures(none) %arg.a1, i64 %arg.a1_0, ptr readonly captures(none) %arg.a2, double %arg.a3, double %arg.a4, double %arg.a5, ptr captures(none) %arg.a6, i64 %arg.a6_1, ptr captures(none) %arg.a7, i64 %arg.a7_0, i64 %arg.a7_1, ptr writeonly captures(none) %arg.a8, ptr writeonly captures(none) %arg.a9, i64 %arg.a9_1, ptr writeonly captures(none) %arg.a10) unnamed_addr {
entry:
  tail call fastcc void @NRT_incref(ptr null), !noalias !40
  tail call fastcc void @NRT_decref(ptr null), !noalias !40
  tail call fastcc void @NRT_incref(ptr null), !noalias !43
  tail call fastcc void @NRT_decref(ptr null), !noalias !43
  tail call fastcc void @NRT_incref(ptr null), !noalias !46
  tail call fastcc void @NRT_decref(ptr null), !noalias !46
  tail call fastcc void @NRT_incref(ptr null), !noalias !49
  tail call fastcc void @NRT_decref(ptr null), !noalias !49
  tail call fastcc void @NRT_incref(ptr null), !noalias !52
  tail call fastcc void @NRT_decref(ptr null), !noalias !52
  tail call fastcc void @NRT_incref(ptr null), !noalias !55
  tail call fastcc void @NRT_decref(ptr null), !noalias !55
  tail call fastcc void @NRT_incref(ptr null), !noalias !58
  tail call fastcc void @NRT_decref(ptr null), !noalias !58
  tail call fastcc void @NRT_incref(ptr null), !noalias !61
  tail call fastcc void @NRT_decref(ptr null), !noalias !61
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  %.171.i = fptrunc double %arg.a3 to float
  %.172.i = fptrunc double %arg.a4 to float
  %.173.i = fptrunc double %arg.a5 to float
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  %.291.i = getelementptr float, ptr %arg.a6, i64 %arg.a6_1
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  %.438777.not.i = icmp slt i64 %arg.a0_1, 1
  br i1 %.438777.not.i, label %B294.i, label %B278.if.i.preheader

B278.if.i.preheader:                              ; preds = %entry
  %xtraiter = and i64 %arg.a0_1, 7
  %0 = icmp ult i64 %arg.a0_1, 8
  br i1 %0, label %B278.if.i.epil.preheader, label %B278.if.i.preheader.new

B278.if.i.preheader.new:                          ; preds = %B278.if.i.preheader
  %unroll_iter = and i64 %arg.a0_1, 9223372036854775800
  br label %B278.if.i

B294.i.loopexit.unr-lcssa:                        ; preds = %B278.if.i
  %lcmp.mod.not = icmp eq i64 %xtraiter, 0
  br i1 %lcmp.mod.not, label %B294.i, label %B278.if.i.epil.preheader

B278.if.i.epil.preheader:                         ; preds = %B294.i.loopexit.unr-lcssa, %B278.if.i.preheader
  %.380.0779.i.epil.init = phi i64 [ 0, %B278.if.i.preheader ], [ %.451.i.7, %B294.i.loopexit.unr-lcssa ]
  %lcmp.mod1 = icmp ne i64 %xtraiter, 0
  tail call void @llvm.assume(i1 %lcmp.mod1)
  br label %B278.if.i.epil

B278.if.i.epil:                                   ; preds = %B278.if.i.epil, %B278.if.i.epil.preheader
  %.380.0779.i.epil = phi i64 [ %.451.i.epil, %B278.if.i.epil ], [ %.380.0779.i.epil.init, %B278.if.i.epil.preheader ]
  %epil.iter = phi i64 [ %epil.iter.next, %B278.if.i.epil ], [ 0, %B278.if.i.epil.preheader ]
  %.451.i.epil = add nuw nsw i64 %.380.0779.i.epil, 1
  %1 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i.epil
  store float 0x7FF0000000000000, ptr %1, align 4, !noalias !64
  %epil.iter.next = add i64 %epil.iter, 1
  %epil.iter.cmp.not = icmp eq i64 %epil.iter.next, %xtraiter
  br i1 %epil.iter.cmp.not, label %B294.i, label %B278.if.i.epil, !llvm.loop !67

B294.i:                                           ; preds = %B294.i.loopexit.unr-lcssa, %B278.if.i.epil, %entry
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  %.641795.not.i = icmp slt i64 %arg.a0_0, 1
  br i1 %.641795.not.i, label %B930.i, label %B326.if.lr.ph.i

B326.if.lr.ph.i:                                  ; preds = %B294.i
  %.690.i = fcmp one float %.172.i, 0x7FF0000000000000
  %.30.i.i = fpext float %.172.i to double
  %.60.i.i = fpext float %.173.i to double
  %.1321.i = fcmp ueq float %.171.i, 0x7FF0000000000000
  %.1497.i = add nsw i64 %arg.a0_0, -1
  %.1515.i = fcmp ueq float %.172.i, 0x7FF0000000000000
  %.1101780.not.i = icmp slt i64 %arg.a1_0, 1
  br label %B326.if.i

B414.i:                                           ; preds = %B386.if.i
  %.55.i.not.i = icmp eq i64 %.742.0787.i, 0
  %.59.i.i = uitofp nneg i64 %.742.0787.i to double
  %.61.i.i = fmul reassoc nsz contract double %.59.i.i, %.60.i.i
  %.66.i.i = fptrunc double %.61.i.i to float
  %.68.i.i = fadd reassoc nsz contract float %penalty.3.0.i.i, %.66.i.i
  %penalty.4.0.i.i = select i1 %.55.i.not.i, float %penalty.3.0.i.i, float %.68.i.i
  %.931.i = fadd float %.893.i, %penalty.4.0.i.i
  br label %B458.i

B458.i:                                           ; preds = %B386.if.i, %B414.i
  %"$phi458.2.2.2.i" = phi float [ %.931.i, %B414.i ], [ 0x7FF0000000000000, %B386.if.i ]
  br i1 %or.cond826.i, label %B666.i, label %B576.if.preheader.i

B576.if.preheader.i:                              ; preds = %B458.i
  %.13.i.i = tail call i64 @llvm.smin.i64(i64 range(i64 -9223372036854775807, -9223372036854775808) %.812.i, i64 %arg.a1_0)
  br label %B576.if.i

B666.i:                                           ; preds = %B576.if.i, %B458.i
  %minimum.5.3.i = phi float [ %"$phi458.2.2.2.i", %B458.i ], [ %minimum.4.3.i, %B576.if.i ]
  %step.5.3.i = phi i64 [ 255, %B458.i ], [ %step.7.3.i, %B576.if.i ]
  %.1311.i = icmp eq i64 %.742.0787.i, 0
  %or.cond.i = select i1 %.1311.i, i1 true, i1 %.1321.i
  br i1 %or.cond.i, label %B770.i, label %B690.i

B690.i:                                           ; preds = %B666.i
  %2 = getelementptr float, ptr %here.2.sroa.40.0798.i, i64 %.742.0787.i
  %.1361.i = getelementptr i8, ptr %2, i64 -4
  %.1362.i = load float, ptr %.1361.i, align 4, !noalias !64
  %.1365.i = fmul float %.893.i, %.171.i
  %.1368.i = fadd float %.1365.i, %.1362.i
  %.1374.i = fcmp olt float %.1368.i, %minimum.5.3.i
  br i1 %.1374.i, label %B736.i, label %B770.i

B736.i:                                           ; preds = %B690.i
  br label %B770.i

B770.i:                                           ; preds = %B736.i, %B690.i, %B666.i
  %minimum.6.2.i = phi float [ %.1368.i, %B736.i ], [ %minimum.5.3.i, %B690.i ], [ %minimum.5.3.i, %B666.i ]
  %step.4.2.i = phi i64 [ %arg.a1_0, %B736.i ], [ %step.5.3.i, %B690.i ], [ %step.5.3.i, %B666.i ]
  %3 = getelementptr float, ptr %here.2.sroa.40.0798.i, i64 %.742.0787.i
  store float %minimum.6.2.i, ptr %3, align 4, !noalias !64
  %4 = getelementptr i8, ptr %27, i64 %.742.0787.i
  %.1490.i = trunc i64 %step.4.2.i to i8
  store i8 %.1490.i, ptr %4, align 1, !noalias !64
  br i1 %or.cond761.i, label %B914.i, label %B824.i

B824.i:                                           ; preds = %B770.i
  %5 = xor i64 %.742.0787.i, -1
  %.1538.i = add nsw i64 %arg.a0_1, %5
  %.55.i768.i = icmp sgt i64 %.1538.i, 0
  %.59.i771.i = uitofp nneg i64 %.1538.i to double
  %.61.i773.i = fmul reassoc nsz contract double %.59.i771.i, %.60.i.i
  %.66.i774.i = fptrunc double %.61.i773.i to float
  %.68.i775.i = fadd reassoc nsz contract float %penalty.3.0.i767.i, %.66.i774.i
  %penalty.4.0.i769.i = select i1 %.55.i768.i, float %.68.i775.i, float %penalty.3.0.i767.i
  %.1566.i = fadd float %penalty.4.0.i769.i, %minimum.6.2.i
  %.1574.i = fcmp olt float %.1566.i, %best.2.1791.i
  br i1 %.1574.i, label %B902.i, label %B914.i

B902.i:                                           ; preds = %B824.i
  br label %B914.i

B914.i:                                           ; preds = %B902.i, %B824.i, %B770.i
  %column_last.4.3.i = phi i64 [ %.742.0787.i, %B902.i ], [ %column_last.3.1789.i, %B824.i ], [ %column_last.3.1789.i, %B770.i ]
  %row_last.4.3.i = phi i64 [ %.584.0797.i, %B902.i ], [ %row_last.3.1790.i, %B824.i ], [ %row_last.3.1790.i, %B770.i ]
  %best.4.3.i = phi float [ %.1566.i, %B902.i ], [ %best.2.1791.i, %B824.i ], [ %best.2.1791.i, %B770.i ]
  %exitcond824.not.i = icmp eq i64 %arg.a0_1, %.812.i
  br i1 %exitcond824.not.i, label %B918.i, label %B386.if.i

B918.i:                                           ; preds = %B914.i, %B326.if.i
  %column_last.3.1.lcssa.i = phi i64 [ %column_last.2.0800.i, %B326.if.i ], [ %column_last.4.3.i, %B914.i ]
  %row_last.3.1.lcssa.i = phi i64 [ %row_last.2.0801.i, %B326.if.i ], [ %row_last.4.3.i, %B914.i ]
  %best.2.1.lcssa.i = phi float [ %best.3.0802.i, %B326.if.i ], [ %best.4.3.i, %B914.i ]
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_incref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  %exitcond825.not.i = icmp eq i64 %.654.i, %arg.a0_0
  br i1 %exitcond825.not.i, label %B930.i, label %B326.if.i

B930.i:                                           ; preds = %B918.i, %B294.i
  %column_last.2.0.lcssa.i = phi i64 [ 0, %B294.i ], [ %column_last.3.1.lcssa.i, %B918.i ]
  %row_last.2.0.lcssa.i = phi i64 [ 0, %B294.i ], [ %row_last.3.1.lcssa.i, %B918.i ]
  %best.3.0.lcssa.i = phi float [ 0x7FF0000000000000, %B294.i ], [ %best.2.1.lcssa.i, %B918.i ]
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  store float %best.3.0.lcssa.i, ptr %arg.a8, align 4, !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  store i64 0, ptr %arg.a10, align 8, !noalias !64
  %.1778.i = fcmp oeq float %best.3.0.lcssa.i, 0x7FF0000000000000
  br i1 %.1778.i, label %B962.i, label %B980.preheader.i

B980.preheader.i:                                 ; preds = %B930.i
  %.1885806.i = trunc i64 %row_last.2.0.lcssa.i to i32
  store i32 %.1885806.i, ptr %arg.a9, align 4, !noalias !64
  %.1941807.i = getelementptr i8, ptr %arg.a9, i64 4
  %.1942808.i = trunc i64 %column_last.2.0.lcssa.i to i32
  store i32 %.1942808.i, ptr %.1941807.i, align 4, !noalias !64
  %.1977809.i = icmp slt i64 %row_last.2.0.lcssa.i, 0
  %.1978810.i = select i1 %.1977809.i, i64 %arg.a7_0, i64 0
  %.1979811.i = add i64 %.1978810.i, %row_last.2.0.lcssa.i
  %.1980812.i = icmp slt i64 %column_last.2.0.lcssa.i, 0
  %.1981813.i = select i1 %.1980812.i, i64 %arg.a7_1, i64 0
  %.1999814.i = mul i64 %.1979811.i, %arg.a7_1
  %6 = getelementptr i8, ptr %arg.a7, i64 %.1999814.i
  %7 = getelementptr i8, ptr %6, i64 %column_last.2.0.lcssa.i
  %.2003815.i = getelementptr i8, ptr %7, i64 %.1981813.i
  %.2004816.i = load i8, ptr %.2003815.i, align 1, !noalias !64
  %.2012817.i = icmp eq i8 %.2004816.i, -1
  br i1 %.2012817.i, label %B1062.i, label %B1064.i

B962.i:                                           ; preds = %B930.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  br label %_ZN11scorebridge7kernels7warping5traceB3v17B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit

B1062.i:                                          ; preds = %B1064.i, %B980.preheader.i
  %.1945.lcssa.i = phi i64 [ 1, %B980.preheader.i ], [ %.1945.i, %B1064.i ]
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  store i64 %.1945.lcssa.i, ptr %arg.a10, align 8, !noalias !64
  br label %_ZN11scorebridge7kernels7warping5traceB3v17B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit

B1064.i:                                          ; preds = %B980.preheader.i, %B1064.i
  %.2004821.i = phi i8 [ %.2004.i, %B1064.i ], [ %.2004816.i, %B980.preheader.i ]
  %.1945820.i = phi i64 [ %.1945.i, %B1064.i ], [ 1, %B980.preheader.i ]
  %i.3.0819.i = phi i64 [ %i.4.1.i, %B1064.i ], [ %row_last.2.0.lcssa.i, %B980.preheader.i ]
  %j.5.0818.i = phi i64 [ %j.6.1.i, %B1064.i ], [ %column_last.2.0.lcssa.i, %B980.preheader.i ]
  %.2011.i = zext i8 %.2004821.i to i64
  %.2052.i = icmp ne i64 %arg.a1_0, %.2011.i
  %.2071.i = sext i1 %.2052.i to i64
  %i.4.1.i = add nsw i64 %i.3.0819.i, %.2071.i
  %8 = sub nsw i64 0, %.2011.i
  %j.6.1.p.i = select i1 %.2052.i, i64 %8, i64 -1
  %j.6.1.i = add i64 %j.6.1.p.i, %j.5.0818.i
  %.1880.i = mul i64 %.1945820.i, %arg.a9_1
  %.1884.i = getelementptr i32, ptr %arg.a9, i64 %.1880.i
  %.1885.i = trunc i64 %i.4.1.i to i32
  store i32 %.1885.i, ptr %.1884.i, align 4, !noalias !64
  %.1941.i = getelementptr i8, ptr %.1884.i, i64 4
  %.1942.i = trunc i64 %j.6.1.i to i32
  store i32 %.1942.i, ptr %.1941.i, align 4, !noalias !64
  %.1945.i = add nuw nsw i64 %.1945820.i, 1
  %.1977.i = icmp slt i64 %i.4.1.i, 0
  %.1978.i = select i1 %.1977.i, i64 %arg.a7_0, i64 0
  %.1979.i = add i64 %.1978.i, %i.4.1.i
  %.1980.i = icmp slt i64 %j.6.1.i, 0
  %.1981.i = select i1 %.1980.i, i64 %arg.a7_1, i64 0
  %.1999.i = mul i64 %.1979.i, %arg.a7_1
  %9 = getelementptr i8, ptr %arg.a7, i64 %.1999.i
  %10 = getelementptr i8, ptr %9, i64 %j.6.1.i
  %.2003.i = getelementptr i8, ptr %10, i64 %.1981.i
  %.2004.i = load i8, ptr %.2003.i, align 1, !noalias !64
  %.2012.i = icmp eq i8 %.2004.i, -1
  br i1 %.2012.i, label %B1062.i, label %B1064.i

B278.if.i:                                        ; preds = %B278.if.i, %B278.if.i.preheader.new
  %.380.0779.i = phi i64 [ 0, %B278.if.i.preheader.new ], [ %.451.i.7, %B278.if.i ]
  %niter = phi i64 [ 0, %B278.if.i.preheader.new ], [ %niter.next.7, %B278.if.i ]
  %11 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  store float 0x7FF0000000000000, ptr %11, align 4, !noalias !64
  %12 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  %13 = getelementptr i8, ptr %12, i64 4
  store float 0x7FF0000000000000, ptr %13, align 4, !noalias !64
  %14 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  %15 = getelementptr i8, ptr %14, i64 8
  store float 0x7FF0000000000000, ptr %15, align 4, !noalias !64
  %16 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  %17 = getelementptr i8, ptr %16, i64 12
  store float 0x7FF0000000000000, ptr %17, align 4, !noalias !64
  %18 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  %19 = getelementptr i8, ptr %18, i64 16
  store float 0x7FF0000000000000, ptr %19, align 4, !noalias !64
  %20 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  %21 = getelementptr i8, ptr %20, i64 20
  store float 0x7FF0000000000000, ptr %21, align 4, !noalias !64
  %22 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  %23 = getelementptr i8, ptr %22, i64 24
  store float 0x7FF0000000000000, ptr %23, align 4, !noalias !64
  %.451.i.7 = add nuw nsw i64 %.380.0779.i, 8
  %24 = getelementptr float, ptr %arg.a6, i64 %.380.0779.i
  %25 = getelementptr i8, ptr %24, i64 28
  store float 0x7FF0000000000000, ptr %25, align 4, !noalias !64
  %niter.next.7 = add i64 %niter, 8
  %niter.ncmp.7 = icmp eq i64 %niter.next.7, %unroll_iter
  br i1 %niter.ncmp.7, label %B294.i.loopexit.unr-lcssa, label %B278.if.i

B326.if.i:                                        ; preds = %B918.i, %B326.if.lr.ph.i
  %best.3.0802.i = phi float [ 0x7FF0000000000000, %B326.if.lr.ph.i ], [ %best.2.1.lcssa.i, %B918.i ]
  %row_last.2.0801.i = phi i64 [ 0, %B326.if.lr.ph.i ], [ %row_last.3.1.lcssa.i, %B918.i ]
  %column_last.2.0800.i = phi i64 [ 0, %B326.if.lr.ph.i ], [ %column_last.3.1.lcssa.i, %B918.i ]
  %before.2.sroa.36.0799.i = phi ptr [ %arg.a6, %B326.if.lr.ph.i ], [ %here.2.sroa.40.0798.i, %B918.i ]
  %here.2.sroa.40.0798.i = phi ptr [ %.291.i, %B326.if.lr.ph.i ], [ %before.2.sroa.36.0799.i, %B918.i ]
  %.584.0797.i = phi i64 [ 0, %B326.if.lr.ph.i ], [ %.654.i, %B918.i ]
  %.654.i = add nuw nsw i64 %.584.0797.i, 1
  %.683.i = icmp eq i64 %.584.0797.i, 0
  %spec.select.i = select i1 %.683.i, i1 true, i1 %.690.i
  br i1 %.438777.not.i, label %B918.i, label %B386.if.lr.ph.i

B386.if.lr.ph.i:                                  ; preds = %B326.if.i
  %.888.i = mul i64 %.584.0797.i, %arg.a0_1
  %26 = getelementptr float, ptr %arg.a0, i64 %.888.i
  %.29.i.i = uitofp nneg i64 %.584.0797.i to double
  %.31.i.i = fmul reassoc nsz contract double %.29.i.i, %.30.i.i
  %.36.i.i = fptrunc double %.31.i.i to float
  %penalty.3.0.i.i = select i1 %.683.i, float 0.000000e+00, float %.36.i.i
  %.1485.i = mul i64 %.584.0797.i, %arg.a7_1
  %27 = getelementptr i8, ptr %arg.a7, i64 %.1485.i
  %.1499.i = icmp ne i64 %.584.0797.i, %.1497.i
  %or.cond761.i = select i1 %.1499.i, i1 %.1515.i, i1 false
  %.1534.i = sub nuw nsw i64 %.1497.i, %.584.0797.i
  %.25.i762.i = icmp sgt i64 %.1534.i, 0
  %.29.i763.i = uitofp nneg i64 %.1534.i to double
  %.31.i765.i = fmul reassoc nsz contract double %.29.i763.i, %.30.i.i
  %.36.i766.i = fptrunc double %.31.i765.i to float
  %penalty.3.0.i767.i = select i1 %.25.i762.i, float %.36.i766.i, float 0.000000e+00
  %or.cond826.i = select i1 %.683.i, i1 true, i1 %.1101780.not.i
  br label %B386.if.i

B386.if.i:                                        ; preds = %B386.if.lr.ph.i, %B914.i
  %best.2.1791.i = phi float [ %best.3.0802.i, %B386.if.lr.ph.i ], [ %best.4.3.i, %B914.i ]
  %row_last.3.1790.i = phi i64 [ %row_last.2.0801.i, %B386.if.lr.ph.i ], [ %row_last.4.3.i, %B914.i ]
  %column_last.3.1789.i = phi i64 [ %column_last.2.0800.i, %B386.if.lr.ph.i ], [ %column_last.4.3.i, %B914.i ]
  %.742.0787.i = phi i64 [ 0, %B386.if.lr.ph.i ], [ %.812.i, %B914.i ]
  %.812.i = add nuw nsw i64 %.742.0787.i, 1
  %28 = getelementptr float, ptr %26, i64 %.742.0787.i
  %.893.i = load float, ptr %28, align 4, !noalias !64
  br i1 %spec.select.i, label %B414.i, label %B458.i

B576.if.i:                                        ; preds = %B576.if.i, %B576.if.preheader.i
  %step.6.2784.i = phi i64 [ %step.7.3.i, %B576.if.i ], [ 255, %B576.if.preheader.i ]
  %minimum.3.2783.i = phi float [ %minimum.4.3.i, %B576.if.i ], [ %"$phi458.2.2.2.i", %B576.if.preheader.i ]
  %.1042.0782.i = phi i64 [ %.1110.i, %B576.if.i ], [ %.13.i.i, %B576.if.preheader.i ]
  %.1039.0781.i = phi i64 [ %.1114.i, %B576.if.i ], [ 0, %B576.if.preheader.i ]
  %.1110.i = add nsw i64 %.1042.0782.i, -1
  %.1114.i = add nuw nsw i64 %.1039.0781.i, 1
  %.1158.i = sub nsw i64 %.742.0787.i, %.1039.0781.i
  %.1172.i = icmp slt i64 %.1158.i, 0
  %.1173.i = select i1 %.1172.i, i64 %arg.a6_1, i64 0
  %29 = getelementptr float, ptr %before.2.sroa.36.0799.i, i64 %.1158.i
  %.1187.i = getelementptr float, ptr %29, i64 %.1173.i
  %.1188.i = load float, ptr %.1187.i, align 4, !noalias !64
  %30 = getelementptr float, ptr %arg.a1, i64 %.1039.0781.i
  %.1219.i = load float, ptr %30, align 4, !noalias !64
  %.1221.i = fmul float %.893.i, %.1219.i
  %.1222.i = fadd float %.1188.i, %.1221.i
  %31 = getelementptr float, ptr %arg.a2, i64 %.1039.0781.i
  %.1253.i = load float, ptr %31, align 4, !noalias !64
  %.1254.i = fadd float %.1253.i, %.1222.i
  %.1260.i = fcmp olt float %.1254.i, %minimum.3.2783.i
  %minimum.4.3.i = select i1 %.1260.i, float %.1254.i, float %minimum.3.2783.i
  %step.7.3.i = select i1 %.1260.i, i64 %.1039.0781.i, i64 %step.6.2784.i
  %.1101.i = icmp sgt i64 %.1042.0782.i, 1
  br i1 %.1101.i, label %B576.if.i, label %B666.i

_ZN11scorebridge7kernels7warping5traceB3v17B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit: ; preds = %B962.i, %B1062.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !64
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  store ptr null, ptr %retptr, align 8
  ret void
}

define ptr @trace(ptr readonly captures(none) %.1, i64 %.2, i64 %.3, ptr readonly captures(none) %.4, i64 %.5, ptr readonly captures(none) %.6, i64 %.7, double %.8, double %.9, double %.10, ptr captures(none) %.11, i64 %.12, i64 %.13, ptr captures(none) %.14, i64 %.15, i64 %.16, ptr writeonly captures(none) %.17, i64 %.18, ptr writeonly captures(none) %.19, i64 %.20, i64 %.21, ptr writeonly captures(none) %.22, i64 %.23) local_unnamed_addr {
entry:
  %.25 = alloca ptr, align 8
  store ptr null, ptr %.25, align 8
  call fastcc void @_ZN13_3cdynamic_3e5entryB3v11B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float32_2axx10float32_2ax10float32_2axddd10float32_2axx8uint8_2axx10float32_2ax8int32_2axx8int64_2ax(ptr %.25, ptr %.1, i64 %.2, i64 %.3, ptr %.4, i64 %.5, ptr %.6, double %.8, double %.9, double %.10, ptr %.11, i64 %.13, ptr %.14, i64 %.15, i64 %.16, ptr %.17, ptr %.19, i64 %.21, ptr %.22) #0
  %.39 = load ptr, ptr %.25, align 8
  ret ptr %.39
}

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.smax.i64(i64, i64) #2

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.smin.i64(i64, i64) #2

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write)
declare void @llvm.assume(i1 noundef) #3

attributes #0 = { noinline }
attributes #1 = { mustprogress nofree noinline norecurse nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nocallback nofree nosync nounwind speculatable willreturn memory(none) }
attributes #3 = { nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write) }

!0 = !{!1}
!1 = distinct !{!1, !2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!2 = distinct !{!2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!3 = !{!4}
!4 = distinct !{!4, !5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v3B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!5 = distinct !{!5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v3B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!6 = !{!7}
!7 = distinct !{!7, !8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!8 = distinct !{!8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!9 = !{!10}
!10 = distinct !{!10, !11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!11 = distinct !{!11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!12 = !{!13}
!13 = distinct !{!13, !14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!14 = distinct !{!14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!15 = !{!16}
!16 = distinct !{!16, !17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v5B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!17 = distinct !{!17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v5B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!18 = !{!19}
!19 = distinct !{!19, !20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!20 = distinct !{!20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!21 = !{!22}
!22 = distinct !{!22, !23, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v6B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!23 = distinct !{!23, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v6B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!24 = !{!25}
!25 = distinct !{!25, !26, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v6B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!26 = distinct !{!26, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v6B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!27 = !{!28}
!28 = distinct !{!28, !29, !"_ZN11scorebridge7kernels7warping4scanB2v7B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE: %retptr"}
!29 = distinct !{!29, !"_ZN11scorebridge7kernels7warping4scanB2v7B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE"}
!30 = !{!"branch_weights", i32 1, i32 99}
!31 = distinct !{!31, !32}
!32 = !{!"llvm.loop.unroll.disable"}
!33 = distinct !{!33, !32}
!34 = !{!"branch_weights", i32 99, i32 1}
!35 = distinct !{!35, !36}
!36 = !{!"llvm.loop.peeled.count", i32 1}
!37 = !{!38, !28}
!38 = distinct !{!38, !39, !"_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff: %retptr"}
!39 = distinct !{!39, !"_ZN11scorebridge7kernels7warping10_take_stepB3v10B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEff"}
!40 = !{!41}
!41 = distinct !{!41, !42, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!42 = distinct !{!42, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!43 = !{!44}
!44 = distinct !{!44, !45, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!45 = distinct !{!45, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!46 = !{!47}
!47 = distinct !{!47, !48, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!48 = distinct !{!48, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!49 = !{!50}
!50 = distinct !{!50, !51, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!51 = distinct !{!51, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!52 = !{!53}
!53 = distinct !{!53, !54, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v14B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8uint8_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!54 = distinct !{!54, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v14B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8uint8_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!55 = !{!56}
!56 = distinct !{!56, !57, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!57 = distinct !{!57, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!58 = !{!59}
!59 = distinct !{!59, !60, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!60 = distinct !{!60, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!61 = !{!62}
!62 = distinct !{!62, !63, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!63 = distinct !{!63, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!64 = !{!65}
!65 = distinct !{!65, !66, !"_ZN11scorebridge7kernels7warping5traceB3v17B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE: %retptr"}
!66 = distinct !{!66, !"_ZN11scorebridge7kernels7warping5traceB3v17B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE"}
!67 = distinct !{!67, !32}
