; {"source": "31e3cfb827754b6e", "kernels": {"fullest_bins": ["i8[:,:]", "i8[:,:]", "f4[:,:]", "f8[:]", "i8[:]", "f4[:]", "i8[:]"]}, "python": [], "unreachable": ["scorebridge_NRT_MemInfo_call_dtor"]}
; ModuleID = '<string>'
source_filename = "<string>"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

define internal fastcc void @_ZN13_3cdynamic_3e5entryB3v38B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE8int64_2axx8int64_2axx10float32_2axx10float64_2ax8int64_2ax10float32_2ax8int64_2ax(ptr noalias nonnull writeonly captures(none) %retptr, ptr readonly captures(none) %arg.a0, i64 %arg.a0_0, i64 %arg.a0_1, ptr readonly captures(none) %arg.a1, i64 %arg.a1_1, ptr readonly captures(none) %arg.a2, i64 %arg.a2_1, ptr captures(none) %arg.a3, i64 %arg.a3_0, ptr captures(none) %arg.a4, i64 %arg.a4_0, ptr captures(none) %arg.a5, i64 %arg.a5_0, ptr captures(none) %arg.a6, i64 %arg.a6_0) unnamed_addr {
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
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  %.241574.not.i = icmp slt i64 %arg.a4_0, 1
  br i1 %.241574.not.i, label %B120.i, label %B84.if.i.preheader

B84.if.i.preheader:                               ; preds = %entry
  %xtraiter = and i64 %arg.a4_0, 3
  %0 = icmp ult i64 %arg.a4_0, 4
  br i1 %0, label %B84.if.i.epil.preheader, label %B84.if.i.preheader.new

B84.if.i.preheader.new:                           ; preds = %B84.if.i.preheader
  %unroll_iter = and i64 %arg.a4_0, 9223372036854775804
  br label %B84.if.i

B120.i.loopexit.unr-lcssa:                        ; preds = %B84.if.i
  %lcmp.mod.not = icmp eq i64 %xtraiter, 0
  br i1 %lcmp.mod.not, label %B120.i, label %B84.if.i.epil.preheader

B84.if.i.epil.preheader:                          ; preds = %B120.i.loopexit.unr-lcssa, %B84.if.i.preheader
  %.183.0575.i.epil.init = phi i64 [ 0, %B84.if.i.preheader ], [ %.254.i.3, %B120.i.loopexit.unr-lcssa ]
  %lcmp.mod1 = icmp ne i64 %xtraiter, 0
  tail call void @llvm.assume(i1 %lcmp.mod1)
  br label %B84.if.i.epil

B84.if.i.epil:                                    ; preds = %B84.if.i.epil, %B84.if.i.epil.preheader
  %.183.0575.i.epil = phi i64 [ %.254.i.epil, %B84.if.i.epil ], [ %.183.0575.i.epil.init, %B84.if.i.epil.preheader ]
  %epil.iter = phi i64 [ %epil.iter.next, %B84.if.i.epil ], [ 0, %B84.if.i.epil.preheader ]
  %.254.i.epil = add nuw nsw i64 %.183.0575.i.epil, 1
  %1 = getelementptr i64, ptr %arg.a4, i64 %.183.0575.i.epil
  store i64 -1, ptr %1, align 8, !noalias !21
  %2 = getelementptr float, ptr %arg.a5, i64 %.183.0575.i.epil
  store float 0.000000e+00, ptr %2, align 4, !noalias !21
  %3 = getelementptr i64, ptr %arg.a6, i64 %.183.0575.i.epil
  store i64 -1, ptr %3, align 8, !noalias !21
  %epil.iter.next = add i64 %epil.iter, 1
  %epil.iter.cmp.not = icmp eq i64 %epil.iter.next, %xtraiter
  br i1 %epil.iter.cmp.not, label %B120.i, label %B84.if.i.epil, !llvm.loop !24

B120.i:                                           ; preds = %B120.i.loopexit.unr-lcssa, %B84.if.i.epil, %entry
  %.457580.not.i = icmp slt i64 %arg.a0_0, 1
  br i1 %.457580.not.i, label %_ZN11scorebridge7kernels13offset_counts12fullest_binsB3v40B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIxLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit, label %B150.if.lr.ph.i

B150.if.lr.ph.i:                                  ; preds = %B120.i
  %.578577.not.i = icmp slt i64 %arg.a0_1, 1
  %.801.i = add nsw i64 %arg.a4_0, -1
  br label %B150.if.i

B150.loopexit.i:                                  ; preds = %B631.i, %B150.if.i
  %exitcond584.not.i = icmp eq i64 %.470.i, %arg.a0_0
  br i1 %exitcond584.not.i, label %_ZN11scorebridge7kernels13offset_counts12fullest_binsB3v40B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIxLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit, label %B150.if.i

B218.i:                                           ; preds = %B184.if.i
  %.736.i = shl i64 %.672.i, 24
  %4 = getelementptr i64, ptr %26, i64 %.522.0578.i
  %.790.i = load i64, ptr %4, align 8, !noalias !21
  %.793.i = or disjoint i64 %.736.i, 4194304
  %.794.i = add i64 %.793.i, %.790.i
  %.799.i = mul nsw i64 %.794.i, 712544676207699905
  %.804.i = ashr i64 %.794.i, 24
  %5 = xor i64 %.799.i, %.804.i
  %.808.i = and i64 %5, %.801.i
  %.830.i = icmp slt i64 %.808.i, 0
  %.831.i = select i1 %.830.i, i64 %arg.a4_0, i64 0
  %6 = getelementptr i64, ptr %arg.a4, i64 %.808.i
  %.845.i = getelementptr i64, ptr %6, i64 %.831.i
  %.846.i = load i64, ptr %.845.i, align 8, !noalias !21
  %.848.not.i = icmp eq i64 %.846.i, %.794.i
  %.890.not.i = icmp eq i64 %.846.i, -1
  %or.cond.i = or i1 %.848.not.i, %.890.not.i
  br i1 %or.cond.i, label %B440.i, label %B370.i

B370.i:                                           ; preds = %B218.i, %B370.i
  %slot.4.2.i = phi i64 [ %.901.i, %B370.i ], [ %.808.i, %B218.i ]
  %.896.i = add nsw i64 %slot.4.2.i, 1
  %.901.i = and i64 %.896.i, %.801.i
  %.922.i = icmp slt i64 %.901.i, 0
  %.923.i = select i1 %.922.i, i64 %arg.a4_0, i64 0
  %7 = getelementptr i64, ptr %arg.a4, i64 %.901.i
  %.937.i = getelementptr i64, ptr %7, i64 %.923.i
  %.938.i = load i64, ptr %.937.i, align 8, !noalias !21
  %.940.not.i = icmp eq i64 %.938.i, %.794.i
  %.981.not.i = icmp eq i64 %.938.i, -1
  %or.cond573.i = or i1 %.940.not.i, %.981.not.i
  br i1 %or.cond573.i, label %B440.i, label %B370.i

B440.i:                                           ; preds = %B370.i, %B218.i
  %slot.5.3.i = phi i64 [ %.808.i, %B218.i ], [ %.901.i, %B370.i ]
  %.1008.i = icmp slt i64 %slot.5.3.i, 0
  %.1009.i = select i1 %.1008.i, i64 %arg.a6_0, i64 0
  %8 = getelementptr i64, ptr %arg.a6, i64 %slot.5.3.i
  %.1023.i = getelementptr i64, ptr %8, i64 %.1009.i
  %.1024.i = load i64, ptr %.1023.i, align 8, !noalias !21
  %.1026.i = icmp eq i64 %.1024.i, %.401.0581.i
  br i1 %.1026.i, label %B631.i, label %B466.i

B466.i:                                           ; preds = %B440.i
  %.1051.i = select i1 %.1008.i, i64 %arg.a4_0, i64 0
  %9 = getelementptr i64, ptr %arg.a4, i64 %slot.5.3.i
  %.1065.i = getelementptr i64, ptr %9, i64 %.1051.i
  store i64 %.794.i, ptr %.1065.i, align 8, !noalias !21
  store i64 %.401.0581.i, ptr %.1023.i, align 8, !noalias !21
  %.1116.i = select i1 %.1008.i, i64 %arg.a5_0, i64 0
  %10 = getelementptr float, ptr %arg.a5, i64 %slot.5.3.i
  %.1130.i = getelementptr float, ptr %10, i64 %.1116.i
  %.1131.i = load float, ptr %.1130.i, align 4, !noalias !21
  %11 = getelementptr float, ptr %27, i64 %.522.0578.i
  %.1185.i = load float, ptr %11, align 4, !noalias !21
  %.1188.i = fadd float %.1131.i, %.1185.i
  store float %.1188.i, ptr %.1130.i, align 4, !noalias !21
  %.1304.i = load i64, ptr %28, align 8, !noalias !21
  %.1320.i = icmp slt i64 %.1304.i, 0
  %.1321.i = select i1 %.1320.i, i64 %arg.a3_0, i64 0
  %12 = getelementptr double, ptr %arg.a3, i64 %.1304.i
  %.1335.i = getelementptr double, ptr %12, i64 %.1321.i
  %.1336.i = load double, ptr %.1335.i, align 8, !noalias !21
  %.1337.i = fpext float %.1188.i to double
  %.1338.i = fcmp olt double %.1336.i, %.1337.i
  br i1 %.1338.i, label %B588.i, label %B631.i

B588.i:                                           ; preds = %B466.i
  store double %.1337.i, ptr %.1335.i, align 8, !noalias !21
  br label %B631.i

B631.i:                                           ; preds = %B184.if.i, %B588.i, %B466.i, %B440.i
  %exitcond583.not.i = icmp eq i64 %arg.a0_1, %.591.i
  br i1 %exitcond583.not.i, label %B150.loopexit.i, label %B184.if.i

B84.if.i:                                         ; preds = %B84.if.i, %B84.if.i.preheader.new
  %.183.0575.i = phi i64 [ 0, %B84.if.i.preheader.new ], [ %.254.i.3, %B84.if.i ]
  %niter = phi i64 [ 0, %B84.if.i.preheader.new ], [ %niter.next.3, %B84.if.i ]
  %.254.i = or disjoint i64 %.183.0575.i, 1
  %13 = getelementptr i64, ptr %arg.a4, i64 %.183.0575.i
  store i64 -1, ptr %13, align 8, !noalias !21
  %14 = getelementptr float, ptr %arg.a5, i64 %.183.0575.i
  store float 0.000000e+00, ptr %14, align 4, !noalias !21
  %15 = getelementptr i64, ptr %arg.a6, i64 %.183.0575.i
  store i64 -1, ptr %15, align 8, !noalias !21
  %.254.i.1 = or disjoint i64 %.183.0575.i, 2
  %16 = getelementptr i64, ptr %arg.a4, i64 %.254.i
  store i64 -1, ptr %16, align 8, !noalias !21
  %17 = getelementptr float, ptr %arg.a5, i64 %.254.i
  store float 0.000000e+00, ptr %17, align 4, !noalias !21
  %18 = getelementptr i64, ptr %arg.a6, i64 %.254.i
  store i64 -1, ptr %18, align 8, !noalias !21
  %.254.i.2 = or disjoint i64 %.183.0575.i, 3
  %19 = getelementptr i64, ptr %arg.a4, i64 %.254.i.1
  store i64 -1, ptr %19, align 8, !noalias !21
  %20 = getelementptr float, ptr %arg.a5, i64 %.254.i.1
  store float 0.000000e+00, ptr %20, align 4, !noalias !21
  %21 = getelementptr i64, ptr %arg.a6, i64 %.254.i.1
  store i64 -1, ptr %21, align 8, !noalias !21
  %.254.i.3 = add nuw nsw i64 %.183.0575.i, 4
  %22 = getelementptr i64, ptr %arg.a4, i64 %.254.i.2
  store i64 -1, ptr %22, align 8, !noalias !21
  %23 = getelementptr float, ptr %arg.a5, i64 %.254.i.2
  store float 0.000000e+00, ptr %23, align 4, !noalias !21
  %24 = getelementptr i64, ptr %arg.a6, i64 %.254.i.2
  store i64 -1, ptr %24, align 8, !noalias !21
  %niter.next.3 = add i64 %niter, 4
  %niter.ncmp.3 = icmp eq i64 %niter.next.3, %unroll_iter
  br i1 %niter.ncmp.3, label %B120.i.loopexit.unr-lcssa, label %B84.if.i

B150.if.i:                                        ; preds = %B150.loopexit.i, %B150.if.lr.ph.i
  %.401.0581.i = phi i64 [ 0, %B150.if.lr.ph.i ], [ %.470.i, %B150.loopexit.i ]
  %.470.i = add nuw nsw i64 %.401.0581.i, 1
  br i1 %.578577.not.i, label %B150.loopexit.i, label %B184.if.lr.ph.i

B184.if.lr.ph.i:                                  ; preds = %B150.if.i
  %.667.i = mul i64 %.401.0581.i, %arg.a0_1
  %25 = getelementptr i64, ptr %arg.a0, i64 %.667.i
  %.785.i = mul i64 %.401.0581.i, %arg.a1_1
  %26 = getelementptr i64, ptr %arg.a1, i64 %.785.i
  %.1180.i = mul i64 %.401.0581.i, %arg.a2_1
  %27 = getelementptr float, ptr %arg.a2, i64 %.1180.i
  br label %B184.if.i

B184.if.i:                                        ; preds = %B184.if.lr.ph.i, %B631.i
  %.522.0578.i = phi i64 [ 0, %B184.if.lr.ph.i ], [ %.591.i, %B631.i ]
  %.591.i = add nuw nsw i64 %.522.0578.i, 1
  %28 = getelementptr i64, ptr %25, i64 %.522.0578.i
  %.672.i = load i64, ptr %28, align 8, !noalias !21
  %.675.i = icmp slt i64 %.672.i, 0
  br i1 %.675.i, label %B631.i, label %B218.i

_ZN11scorebridge7kernels13offset_counts12fullest_binsB3v40B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIxLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit: ; preds = %B150.loopexit.i, %B120.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
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
  br i1 %.4, label %common.ret, label %.3.endif, !prof !26

common.ret:                                       ; preds = %.3.endif, %.3.endif.if, %.3
  ret void

.3.endif:                                         ; preds = %.3
  fence release
  %.4.i = atomicrmw sub ptr %.1, i64 1 monotonic, align 8
  %.10 = icmp eq i64 %.4.i, 1
  br i1 %.10, label %.3.endif.if, label %common.ret, !prof !26

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
  br i1 %.4, label %common.ret, label %.3.endif, !prof !26

common.ret:                                       ; preds = %.3, %.3.endif
  ret void

.3.endif:                                         ; preds = %.3
  %.4.i = atomicrmw add ptr %.1, i64 1 monotonic, align 8
  br label %common.ret
}

define ptr @fullest_bins(ptr readonly captures(none) %.1, i64 %.2, i64 %.3, ptr readonly captures(none) %.4, i64 %.5, i64 %.6, ptr readonly captures(none) %.7, i64 %.8, i64 %.9, ptr captures(none) %.10, i64 %.11, ptr captures(none) %.12, i64 %.13, ptr captures(none) %.14, i64 %.15, ptr captures(none) %.16, i64 %.17) local_unnamed_addr {
entry:
  %.19 = alloca ptr, align 8
  store ptr null, ptr %.19, align 8
  call fastcc void @_ZN13_3cdynamic_3e5entryB3v38B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE8int64_2axx8int64_2axx10float32_2axx10float64_2ax8int64_2ax10float32_2ax8int64_2ax(ptr %.19, ptr %.1, i64 %.2, i64 %.3, ptr %.4, i64 %.6, ptr %.7, i64 %.9, ptr %.10, i64 %.11, ptr %.12, i64 %.13, ptr %.14, i64 %.15, ptr %.16, i64 %.17) #0
  %.33 = load ptr, ptr %.19, align 8
  ret ptr %.33
}

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write)
declare void @llvm.assume(i1 noundef) #2

attributes #0 = { noinline }
attributes #1 = { mustprogress nofree noinline norecurse nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write) }

!0 = !{!1}
!1 = distinct !{!1, !2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v39B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!2 = distinct !{!2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v39B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!3 = !{!4}
!4 = distinct !{!4, !5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v39B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!5 = distinct !{!5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v39B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!6 = !{!7}
!7 = distinct !{!7, !8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!8 = distinct !{!8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!9 = !{!10}
!10 = distinct !{!10, !11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!11 = distinct !{!11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!12 = !{!13}
!13 = distinct !{!13, !14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!14 = distinct !{!14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!15 = !{!16}
!16 = distinct !{!16, !17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!17 = distinct !{!17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!18 = !{!19}
!19 = distinct !{!19, !20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!20 = distinct !{!20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!21 = !{!22}
!22 = distinct !{!22, !23, !"_ZN11scorebridge7kernels13offset_counts12fullest_binsB3v40B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIxLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE: %retptr"}
!23 = distinct !{!23, !"_ZN11scorebridge7kernels13offset_counts12fullest_binsB3v40B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIxLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE"}
!24 = distinct !{!24, !25}
!25 = !{!"llvm.loop.unroll.disable"}
!26 = !{!"branch_weights", i32 1, i32 99}
