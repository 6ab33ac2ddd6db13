; {"source": "020bc9e0086f5e33", "kernels": {"best_runs": ["f4[:,:]", "i8[:]", "i8[:]", "f8", "f4[:]", "f4[:,:]", "i8[:,:]", "f8[:,:]"]}, "python": [], "unreachable": ["scorebridge_NRT_MemInfo_call_dtor"]}
; ModuleID = '<string>'
source_filename = "<string>"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

define internal fastcc void @_ZN13_3cdynamic_3e5entryB3v32B106c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDG56aoKZjphCYRBHEAZoAE10float32_2axx8int64_2ax8int64_2axd10float32_2ax10float32_2axx8int64_2axx10float64_2axx(ptr noalias nonnull writeonly captures(none) %retptr, ptr readonly captures(none) %arg.a0, i64 %arg.a0_0, i64 %arg.a0_1, ptr readonly captures(none) %arg.a1, i64 %arg.a1_0, ptr readonly captures(none) %arg.a2, i64 %arg.a2_0, double %arg.a3, ptr readonly captures(none) %arg.a4, i64 %arg.a4_0, ptr captures(none) %arg.a5, i64 %arg.a5_1, ptr captures(none) %arg.a6, i64 %arg.a6_1, ptr captures(none) %arg.a7, i64 %arg.a7_0, i64 %arg.a7_1) unnamed_addr {
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
  %.145.i = fptrunc double %arg.a3 to float
  %.2411163.i = icmp sgt i64 %arg.a1_0, 0
  br i1 %.2411163.i, label %B130.lr.ph.i, label %_ZN11scorebridge7kernels10local_runs9best_runsB3v35B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEd5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE.exit

B130.lr.ph.i:                                     ; preds = %entry
  %.185.11165.i = add nsw i64 %arg.a1_0, -1
  %.415.i = icmp slt i64 %arg.a5_1, 1
  %0 = getelementptr float, ptr %arg.a5, i64 %arg.a5_1
  %.825.i = icmp slt i64 %arg.a6_1, 1
  %1 = getelementptr i64, ptr %arg.a6, i64 %arg.a6_1
  %storemerge1131.i = tail call i64 @llvm.smax.i64(i64 %arg.a0_0, i64 0)
  %.14901148.i = icmp sgt i64 %arg.a0_0, 0
  %.15031149.i = zext i1 %.14901148.i to i64
  %.14991150.i = sext i1 %.14901148.i to i64
  %.1436.11151.i = add nsw i64 %storemerge1131.i, %.14991150.i
  br label %B130.i

B130.i:                                           ; preds = %B1078.i, %B130.lr.ph.i
  %.231.sroa.0.01169.i = phi i64 [ 0, %B130.lr.ph.i ], [ %.231.sroa.0.0.i, %B1078.i ]
  %.182.11168.i = phi i64 [ 1, %B130.lr.ph.i ], [ %.182.1.i, %B1078.i ]
  %.185.11167.i = phi i64 [ %.185.11165.i, %B130.lr.ph.i ], [ %.185.1.i, %B1078.i ]
  %.296.i = icmp slt i64 %.231.sroa.0.01169.i, 0
  %.297.i = select i1 %.296.i, i64 %arg.a1_0, i64 0
  %2 = getelementptr i64, ptr %arg.a1, i64 %.231.sroa.0.01169.i
  %.311.i = getelementptr i64, ptr %2, i64 %.297.i
  %.312.i = load i64, ptr %.311.i, align 8, !noalias !21
  %.331.i = select i1 %.296.i, i64 %arg.a2_0, i64 0
  %3 = getelementptr i64, ptr %arg.a2, i64 %.231.sroa.0.01169.i
  %.345.i = getelementptr i64, ptr %3, i64 %.331.i
  %.346.i = load i64, ptr %.345.i, align 8, !noalias !21
  %.348.i = sub i64 %.346.i, %.312.i
  br i1 %.415.i, label %B130.else.endif.if.i, label %B130.else.endif.endif.i, !prof !24

B350.lr.ph.i:                                     ; preds = %B130.endif.endif.endif.endif.i
  %.1122.i = getelementptr i64, ptr %1, i64 %.1001.sroa.0.2.i
  %.1089.i = sub i64 %.1001.sroa.13.0.i, %.1001.sroa.0.2.i
  %.1098.i = tail call i64 @llvm.smax.i64(i64 %.1089.i, i64 0)
  %.16111138.not.i = icmp slt i64 %.348.i, 1
  %.13.i.i = tail call i64 @llvm.smin.i64(i64 %.348.i, i64 %arg.a4_0)
  %.18391141.not1170.i = icmp slt i64 %.13.i.i, 1
  %.2696.i = icmp slt i64 %.312.i, 0
  %.2697.i = select i1 %.2696.i, i64 %arg.a0_1, i64 0
  %.2698.i = add i64 %.2697.i, %.312.i
  %.2701.i = icmp slt i64 %.2698.i, 0
  %.2706.not.i = icmp slt i64 %.2698.i, %arg.a0_1
  %.3444.i = getelementptr i8, ptr %12, i64 8
  %.3501.i = getelementptr i8, ptr %12, i64 16
  %.3591.i = getelementptr i8, ptr %12, i64 24
  %.3648.i = getelementptr i8, ptr %12, i64 32
  %4 = xor i64 %.312.i, -1
  %5 = add i64 %.346.i, %4
  %xtraiter = and i64 %.348.i, 7
  %6 = icmp ult i64 %5, 7
  %unroll_iter = and i64 %.348.i, 9223372036854775800
  %lcmp.mod.not = icmp eq i64 %xtraiter, 0
  %lcmp.mod1 = icmp ne i64 %xtraiter, 0
  %xtraiter8 = and i64 %.348.i, 3
  %7 = icmp ult i64 %5, 3
  %unroll_iter13 = and i64 %.348.i, 9223372036854775804
  %lcmp.mod10.not = icmp eq i64 %xtraiter8, 0
  %lcmp.mod12 = icmp ne i64 %xtraiter8, 0
  br label %B350.i

B350.i:                                           ; preds = %B1058.i, %B350.lr.ph.i
  %.1480.sroa.0.01162.i = phi i64 [ 0, %B350.lr.ph.i ], [ %.1480.sroa.0.0.i, %B1058.i ]
  %.1436.11161.i = phi i64 [ %.1436.11151.i, %B350.lr.ph.i ], [ %.1436.1.i, %B1058.i ]
  %.1433.11160.i = phi i64 [ %.15031149.i, %B350.lr.ph.i ], [ %.1433.1.i, %B1058.i ]
  %before_from.2.sroa.36.11159.i = phi ptr [ %.926.i, %B350.lr.ph.i ], [ %here_from.2.sroa.48.11157.i, %B1058.i ]
  %before_from.2.sroa.45.11158.i = phi i64 [ %.902.i, %B350.lr.ph.i ], [ %here_from.2.sroa.60.11156.i, %B1058.i ]
  %here_from.2.sroa.48.11157.i = phi ptr [ %.1122.i, %B350.lr.ph.i ], [ %before_from.2.sroa.36.11159.i, %B1058.i ]
  %here_from.2.sroa.60.11156.i = phi i64 [ %.1098.i, %B350.lr.ph.i ], [ %before_from.2.sroa.45.11158.i, %B1058.i ]
  %before.2.sroa.36.11155.i = phi ptr [ %.516.i, %B350.lr.ph.i ], [ %here.2.sroa.64.11153.i, %B1058.i ]
  %before.2.sroa.45.11154.i = phi i64 [ %.492.i, %B350.lr.ph.i ], [ %here.2.sroa.80.11152.i, %B1058.i ]
  %here.2.sroa.64.11153.i = phi ptr [ %.712.i, %B350.lr.ph.i ], [ %before.2.sroa.36.11155.i, %B1058.i ]
  %here.2.sroa.80.11152.i = phi i64 [ %.688.i, %B350.lr.ph.i ], [ %before.2.sroa.45.11154.i, %B1058.i ]
  br i1 %.16111138.not.i, label %B420.i, label %B382.if.lr.ph.i

B382.if.lr.ph.i:                                  ; preds = %B350.i
  %.1681.i = shl i64 %.1480.sroa.0.01162.i, 32
  br i1 %6, label %B382.if.i.epil.preheader, label %B382.if.i

B420.i.loopexit.unr-lcssa:                        ; preds = %B382.if.i
  br i1 %lcmp.mod.not, label %B420.i, label %B382.if.i.epil.preheader

B382.if.i.epil.preheader:                         ; preds = %B420.i.loopexit.unr-lcssa, %B382.if.lr.ph.i
  %.1555.01139.i.epil.init = phi i64 [ 0, %B382.if.lr.ph.i ], [ %.1624.i.7, %B420.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod1)
  br label %B382.if.i.epil

B382.if.i.epil:                                   ; preds = %B382.if.i.epil, %B382.if.i.epil.preheader
  %.1555.01139.i.epil = phi i64 [ %.1555.01139.i.epil.init, %B382.if.i.epil.preheader ], [ %.1624.i.epil, %B382.if.i.epil ]
  %epil.iter = phi i64 [ 0, %B382.if.i.epil.preheader ], [ %epil.iter.next, %B382.if.i.epil ]
  %.1624.i.epil = add nuw nsw i64 %.1555.01139.i.epil, 1
  %8 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1555.01139.i.epil
  store float 0.000000e+00, ptr %8, align 4, !noalias !21
  %.1682.i.epil = add nsw i64 %.1555.01139.i.epil, %.1681.i
  %9 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1555.01139.i.epil
  store i64 %.1682.i.epil, ptr %9, align 8, !noalias !21
  %epil.iter.next = add i64 %epil.iter, 1
  %epil.iter.cmp.not = icmp eq i64 %epil.iter.next, %xtraiter
  br i1 %epil.iter.cmp.not, label %B420.i, label %B382.if.i.epil, !llvm.loop !25

B420.i:                                           ; preds = %B420.i.loopexit.unr-lcssa, %B382.if.i.epil, %B350.i
  %.1719.i = icmp slt i64 %.1480.sroa.0.01162.i, 1
  %brmerge.i = select i1 %.1719.i, i1 true, i1 %.18391141.not1170.i
  br i1 %brmerge.i, label %B646.i, label %B516.if.i

B646.i:                                           ; preds = %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i, %B420.i
  %.2683.i = icmp slt i64 %.1480.sroa.0.01162.i, 0
  %.2684.i = select i1 %.2683.i, i64 %arg.a0_0, i64 0
  %.2685.i = add i64 %.2684.i, %.1480.sroa.0.01162.i
  br i1 %.2701.i, label %B646.else.if.i, label %B646.else.endif.i, !prof !24

B846.i.loopexit.unr-lcssa:                        ; preds = %B746.if.i
  br i1 %lcmp.mod10.not, label %B846.i, label %B746.if.i.epil.preheader

B746.if.i.epil.preheader:                         ; preds = %B846.i.loopexit.unr-lcssa, %B746.if.i.preheader
  %top.2.21147.i.epil.init = phi float [ 0.000000e+00, %B746.if.i.preheader ], [ %.13.i1135.i.3, %B846.i.loopexit.unr-lcssa ]
  %.2873.01145.i.epil.init = phi i64 [ 0, %B746.if.i.preheader ], [ %.2942.i.3, %B846.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod12)
  br label %B746.if.i.epil

B746.if.i.epil:                                   ; preds = %B746.if.i.epil, %B746.if.i.epil.preheader
  %top.2.21147.i.epil = phi float [ %.13.i1135.i.epil, %B746.if.i.epil ], [ %top.2.21147.i.epil.init, %B746.if.i.epil.preheader ]
  %.2873.01145.i.epil = phi i64 [ %.2942.i.epil, %B746.if.i.epil ], [ %.2873.01145.i.epil.init, %B746.if.i.epil.preheader ]
  %epil.iter9 = phi i64 [ %epil.iter9.next, %B746.if.i.epil ], [ 0, %B746.if.i.epil.preheader ]
  %.2942.i.epil = add nuw nsw i64 %.2873.01145.i.epil, 1
  %10 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.2873.01145.i.epil
  %.2996.i.epil = load float, ptr %10, align 4, !noalias !21
  %11 = getelementptr float, ptr %.2807.i, i64 %.2873.01145.i.epil
  %.3026.i.epil = load float, ptr %11, align 4, !noalias !21
  %.3028.i.epil = fsub reassoc nsz contract float %.3026.i.epil, %.145.i
  %.3029.i.epil = fadd reassoc nsz contract float %.3028.i.epil, %.2996.i.epil
  store float %.3029.i.epil, ptr %10, align 4, !noalias !21
  %.12.i.i.epil = fcmp reassoc nsz contract ogt float %.3029.i.epil, %top.2.21147.i.epil
  %.13.i1135.i.epil = select i1 %.12.i.i.epil, float %.3029.i.epil, float %top.2.21147.i.epil
  %epil.iter9.next = add i64 %epil.iter9, 1
  %epil.iter9.cmp.not = icmp eq i64 %epil.iter9.next, %xtraiter8
  br i1 %epil.iter9.cmp.not, label %B846.i, label %B746.if.i.epil, !llvm.loop !27

B846.i:                                           ; preds = %B846.i.loopexit.unr-lcssa, %B746.if.i.epil, %B646.else.endif.endif.endif.i
  %top.2.2.lcssa.i = phi float [ 0.000000e+00, %B646.else.endif.endif.endif.i ], [ %.13.i1135.i.3, %B846.i.loopexit.unr-lcssa ], [ %.13.i1135.i.epil, %B746.if.i.epil ]
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  %.3185.i = load double, ptr %12, align 8, !noalias !21
  %.3187.i = fpext float %top.2.2.lcssa.i to double
  %.3188.i = fcmp reassoc nsz contract olt double %.3185.i, %.3187.i
  br i1 %.3188.i, label %B874.i, label %B1058.i

B874.i:                                           ; preds = %B846.i
  %.3225.i = load float, ptr %here.2.sroa.64.11153.i, align 4, !noalias !21
  %.3227.i = fcmp reassoc nsz contract olt float %.3225.i, %top.2.2.lcssa.i
  br i1 %.3227.i, label %B902.i, label %B936.i

B902.i:                                           ; preds = %B874.i, %B902.i
  %j.4.2.i = phi i64 [ %.3230.i, %B902.i ], [ 0, %B874.i ]
  %.3230.i = add nuw nsw i64 %j.4.2.i, 1
  %.3263.i = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.3230.i
  %.3264.i = load float, ptr %.3263.i, align 4, !noalias !21
  %.3266.i = fcmp reassoc nsz contract olt float %.3264.i, %top.2.2.lcssa.i
  br i1 %.3266.i, label %B902.i, label %B936.i

B936.i:                                           ; preds = %B902.i, %B874.i
  %j.5.3.i = phi i64 [ 0, %B874.i ], [ %.3230.i, %B902.i ]
  %.3301.i = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %j.5.3.i
  %.3302.i = load float, ptr %.3301.i, align 4, !noalias !21
  %.3357.i = fpext float %.3302.i to double
  store double %.3357.i, ptr %12, align 8, !noalias !21
  %.3388.i = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %j.5.3.i
  %.3389.i = load i64, ptr %.3388.i, align 8, !noalias !21
  %.3390.i = ashr i64 %.3389.i, 32
  %.3445.i = sitofp i64 %.3390.i to double
  store double %.3445.i, ptr %.3444.i, align 8, !noalias !21
  %.3502.i = sitofp i64 %.1480.sroa.0.01162.i to double
  store double %.3502.i, ptr %.3501.i, align 8, !noalias !21
  %.3536.i = load i64, ptr %.3388.i, align 8, !noalias !21
  %.3537.i = and i64 %.3536.i, 4294967295
  %.3592.i = uitofp nneg i64 %.3537.i to double
  store double %.3592.i, ptr %.3591.i, align 8, !noalias !21
  %.3649.i = sitofp i64 %j.5.3.i to double
  store double %.3649.i, ptr %.3648.i, align 8, !noalias !21
  br label %B1058.i

B1058.i:                                          ; preds = %B936.i, %B846.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  %.1490.i = icmp sgt i64 %.1436.11161.i, 0
  %.1503.i = zext i1 %.1490.i to i64
  %.1433.1.i = add i64 %.1433.11160.i, %.1503.i
  %.1499.i = sext i1 %.1490.i to i64
  %.1436.1.i = add nsw i64 %.1436.11161.i, %.1499.i
  %.1480.sroa.0.0.i = select i1 %.1490.i, i64 %.1433.11160.i, i64 0
  br i1 %.1490.i, label %B350.i, label %B1078.i

B1078.i:                                          ; preds = %B1058.i, %B130.endif.endif.endif.endif.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  %.241.i = icmp sgt i64 %.185.11167.i, 0
  %.250.i = sext i1 %.241.i to i64
  %.185.1.i = add nsw i64 %.185.11167.i, %.250.i
  %.254.i = zext i1 %.241.i to i64
  %.182.1.i = add i64 %.182.11168.i, %.254.i
  %.231.sroa.0.0.i = select i1 %.241.i, i64 %.182.11168.i, i64 0
  br i1 %.241.i, label %B130.i, label %_ZN11scorebridge7kernels10local_runs9best_runsB3v35B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEd5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE.exit

B130.endif.i:                                     ; preds = %B130.else.endif.endif.endif.if.i, %B130.else.endif.endif.endif.i
  %.395.sroa.13.0.i = phi i64 [ %arg.a5_1, %B130.else.endif.endif.endif.if.i ], [ %.395.sroa.13.1.i, %B130.else.endif.endif.endif.i ]
  %.483.i = sub i64 %.395.sroa.13.0.i, %.395.sroa.0.2.i
  %.492.i = tail call i64 @llvm.smax.i64(i64 %.483.i, i64 0)
  %.516.i = getelementptr float, ptr %arg.a5, i64 %.395.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  br i1 %.415.i, label %B130.endif.else.endif.if.i, label %B130.endif.else.endif.endif.i, !prof !24

B130.else.endif.if.i:                             ; preds = %B130.i
  br label %B130.else.endif.endif.i

B130.else.endif.endif.i:                          ; preds = %B130.else.endif.if.i, %B130.i
  %.395.sroa.0.2.i = phi i64 [ %arg.a5_1, %B130.else.endif.if.i ], [ 0, %B130.i ]
  %.422.i = icmp slt i64 %.348.i, 0
  %.423.i = select i1 %.422.i, i64 %arg.a5_1, i64 0
  %.424.i = add i64 %.423.i, %.348.i
  %.427.i = icmp slt i64 %.424.i, 0
  br i1 %.427.i, label %B130.else.endif.endif.if.i, label %B130.else.endif.endif.endif.i, !prof !24

B130.else.endif.endif.if.i:                       ; preds = %B130.else.endif.endif.i
  br label %B130.else.endif.endif.endif.i

B130.else.endif.endif.endif.i:                    ; preds = %B130.else.endif.endif.if.i, %B130.else.endif.endif.i
  %.395.sroa.13.1.i = phi i64 [ 0, %B130.else.endif.endif.if.i ], [ %.424.i, %B130.else.endif.endif.i ]
  %.432.not.i = icmp slt i64 %.424.i, %arg.a5_1
  br i1 %.432.not.i, label %B130.endif.i, label %B130.else.endif.endif.endif.if.i, !prof !28

B130.else.endif.endif.endif.if.i:                 ; preds = %B130.else.endif.endif.endif.i
  br label %B130.endif.i

B130.endif.endif.i:                               ; preds = %B130.endif.else.endif.endif.endif.if.i, %B130.endif.else.endif.endif.endif.i
  %.591.sroa.13.0.i = phi i64 [ %arg.a5_1, %B130.endif.else.endif.endif.endif.if.i ], [ %.591.sroa.13.1.i, %B130.endif.else.endif.endif.endif.i ]
  %.679.i = sub i64 %.591.sroa.13.0.i, %.591.sroa.0.2.i
  %.688.i = tail call i64 @llvm.smax.i64(i64 %.679.i, i64 0)
  %.712.i = getelementptr float, ptr %0, i64 %.591.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  br i1 %.825.i, label %B130.endif.endif.else.endif.if.i, label %B130.endif.endif.else.endif.endif.i, !prof !24

B130.endif.else.endif.if.i:                       ; preds = %B130.endif.i
  br label %B130.endif.else.endif.endif.i

B130.endif.else.endif.endif.i:                    ; preds = %B130.endif.else.endif.if.i, %B130.endif.i
  %.591.sroa.0.2.i = phi i64 [ %arg.a5_1, %B130.endif.else.endif.if.i ], [ 0, %B130.endif.i ]
  br i1 %.427.i, label %B130.endif.else.endif.endif.if.i, label %B130.endif.else.endif.endif.endif.i, !prof !24

B130.endif.else.endif.endif.if.i:                 ; preds = %B130.endif.else.endif.endif.i
  br label %B130.endif.else.endif.endif.endif.i

B130.endif.else.endif.endif.endif.i:              ; preds = %B130.endif.else.endif.endif.if.i, %B130.endif.else.endif.endif.i
  %.591.sroa.13.1.i = phi i64 [ 0, %B130.endif.else.endif.endif.if.i ], [ %.424.i, %B130.endif.else.endif.endif.i ]
  br i1 %.432.not.i, label %B130.endif.endif.i, label %B130.endif.else.endif.endif.endif.if.i, !prof !28

B130.endif.else.endif.endif.endif.if.i:           ; preds = %B130.endif.else.endif.endif.endif.i
  br label %B130.endif.endif.i

B130.endif.endif.endif.i:                         ; preds = %B130.endif.endif.else.endif.endif.endif.if.i, %B130.endif.endif.else.endif.endif.endif.i
  %.805.sroa.13.0.i = phi i64 [ %arg.a6_1, %B130.endif.endif.else.endif.endif.endif.if.i ], [ %.805.sroa.13.1.i, %B130.endif.endif.else.endif.endif.endif.i ]
  %.893.i = sub i64 %.805.sroa.13.0.i, %.805.sroa.0.2.i
  %.902.i = tail call i64 @llvm.smax.i64(i64 %.893.i, i64 0)
  %.926.i = getelementptr i64, ptr %arg.a6, i64 %.805.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  br i1 %.825.i, label %B130.endif.endif.endif.else.endif.if.i, label %B130.endif.endif.endif.else.endif.endif.i, !prof !24

B130.endif.endif.else.endif.if.i:                 ; preds = %B130.endif.endif.i
  br label %B130.endif.endif.else.endif.endif.i

B130.endif.endif.else.endif.endif.i:              ; preds = %B130.endif.endif.else.endif.if.i, %B130.endif.endif.i
  %.805.sroa.0.2.i = phi i64 [ %arg.a6_1, %B130.endif.endif.else.endif.if.i ], [ 0, %B130.endif.endif.i ]
  %.833.i = select i1 %.422.i, i64 %arg.a6_1, i64 0
  %.834.i = add i64 %.833.i, %.348.i
  %.837.i = icmp slt i64 %.834.i, 0
  br i1 %.837.i, label %B130.endif.endif.else.endif.endif.if.i, label %B130.endif.endif.else.endif.endif.endif.i, !prof !24

B130.endif.endif.else.endif.endif.if.i:           ; preds = %B130.endif.endif.else.endif.endif.i
  br label %B130.endif.endif.else.endif.endif.endif.i

B130.endif.endif.else.endif.endif.endif.i:        ; preds = %B130.endif.endif.else.endif.endif.if.i, %B130.endif.endif.else.endif.endif.i
  %.805.sroa.13.1.i = phi i64 [ 0, %B130.endif.endif.else.endif.endif.if.i ], [ %.834.i, %B130.endif.endif.else.endif.endif.i ]
  %.842.not.i = icmp slt i64 %.834.i, %arg.a6_1
  br i1 %.842.not.i, label %B130.endif.endif.endif.i, label %B130.endif.endif.else.endif.endif.endif.if.i, !prof !28

B130.endif.endif.else.endif.endif.endif.if.i:     ; preds = %B130.endif.endif.else.endif.endif.endif.i
  br label %B130.endif.endif.endif.i

B130.endif.endif.endif.endif.i:                   ; preds = %B130.endif.endif.endif.else.endif.endif.endif.if.i, %B130.endif.endif.endif.else.endif.endif.endif.i
  %.1001.sroa.13.0.i = phi i64 [ %arg.a6_1, %B130.endif.endif.endif.else.endif.endif.endif.if.i ], [ %.1001.sroa.13.1.i, %B130.endif.endif.endif.else.endif.endif.endif.i ]
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  %.1315.i = select i1 %.296.i, i64 %arg.a7_0, i64 0
  %.1316.i = add i64 %.1315.i, %.231.sroa.0.01169.i
  %.1336.i = mul i64 %.1316.i, %arg.a7_1
  %12 = getelementptr double, ptr %arg.a7, i64 %.1336.i
  tail call void @llvm.memset.p0.i64(ptr noundef nonnull align 8 dereferenceable(40) %12, i8 0, i64 40, i1 false), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  br i1 %.14901148.i, label %B350.lr.ph.i, label %B1078.i

B130.endif.endif.endif.else.endif.if.i:           ; preds = %B130.endif.endif.endif.i
  br label %B130.endif.endif.endif.else.endif.endif.i

B130.endif.endif.endif.else.endif.endif.i:        ; preds = %B130.endif.endif.endif.else.endif.if.i, %B130.endif.endif.endif.i
  %.1001.sroa.0.2.i = phi i64 [ %arg.a6_1, %B130.endif.endif.endif.else.endif.if.i ], [ 0, %B130.endif.endif.endif.i ]
  br i1 %.837.i, label %B130.endif.endif.endif.else.endif.endif.if.i, label %B130.endif.endif.endif.else.endif.endif.endif.i, !prof !24

B130.endif.endif.endif.else.endif.endif.if.i:     ; preds = %B130.endif.endif.endif.else.endif.endif.i
  br label %B130.endif.endif.endif.else.endif.endif.endif.i

B130.endif.endif.endif.else.endif.endif.endif.i:  ; preds = %B130.endif.endif.endif.else.endif.endif.if.i, %B130.endif.endif.endif.else.endif.endif.i
  %.1001.sroa.13.1.i = phi i64 [ 0, %B130.endif.endif.endif.else.endif.endif.if.i ], [ %.834.i, %B130.endif.endif.endif.else.endif.endif.i ]
  br i1 %.842.not.i, label %B130.endif.endif.endif.endif.i, label %B130.endif.endif.endif.else.endif.endif.endif.if.i, !prof !28

B130.endif.endif.endif.else.endif.endif.endif.if.i: ; preds = %B130.endif.endif.endif.else.endif.endif.endif.i
  br label %B130.endif.endif.endif.endif.i

B382.if.i:                                        ; preds = %B382.if.lr.ph.i, %B382.if.i
  %.1555.01139.i = phi i64 [ %.1624.i.7, %B382.if.i ], [ 0, %B382.if.lr.ph.i ]
  %niter = phi i64 [ %niter.next.7, %B382.if.i ], [ 0, %B382.if.lr.ph.i ]
  %.1624.i = or disjoint i64 %.1555.01139.i, 1
  %13 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1555.01139.i
  store float 0.000000e+00, ptr %13, align 4, !noalias !21
  %.1682.i = add nsw i64 %.1555.01139.i, %.1681.i
  %14 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1555.01139.i
  store i64 %.1682.i, ptr %14, align 8, !noalias !21
  %.1624.i.1 = or disjoint i64 %.1555.01139.i, 2
  %15 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1624.i
  store float 0.000000e+00, ptr %15, align 4, !noalias !21
  %.1682.i.1 = add nsw i64 %.1624.i, %.1681.i
  %16 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1624.i
  store i64 %.1682.i.1, ptr %16, align 8, !noalias !21
  %.1624.i.2 = or disjoint i64 %.1555.01139.i, 3
  %17 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1624.i.1
  store float 0.000000e+00, ptr %17, align 4, !noalias !21
  %.1682.i.2 = add nsw i64 %.1624.i.1, %.1681.i
  %18 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1624.i.1
  store i64 %.1682.i.2, ptr %18, align 8, !noalias !21
  %.1624.i.3 = or disjoint i64 %.1555.01139.i, 4
  %19 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1624.i.2
  store float 0.000000e+00, ptr %19, align 4, !noalias !21
  %.1682.i.3 = add nsw i64 %.1624.i.2, %.1681.i
  %20 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1624.i.2
  store i64 %.1682.i.3, ptr %20, align 8, !noalias !21
  %.1624.i.4 = or disjoint i64 %.1555.01139.i, 5
  %21 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1624.i.3
  store float 0.000000e+00, ptr %21, align 4, !noalias !21
  %.1682.i.4 = add nsw i64 %.1624.i.3, %.1681.i
  %22 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1624.i.3
  store i64 %.1682.i.4, ptr %22, align 8, !noalias !21
  %.1624.i.5 = or disjoint i64 %.1555.01139.i, 6
  %23 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1624.i.4
  store float 0.000000e+00, ptr %23, align 4, !noalias !21
  %.1682.i.5 = add nsw i64 %.1624.i.4, %.1681.i
  %24 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1624.i.4
  store i64 %.1682.i.5, ptr %24, align 8, !noalias !21
  %.1624.i.6 = or disjoint i64 %.1555.01139.i, 7
  %25 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1624.i.5
  store float 0.000000e+00, ptr %25, align 4, !noalias !21
  %.1682.i.6 = add nsw i64 %.1624.i.5, %.1681.i
  %26 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1624.i.5
  store i64 %.1682.i.6, ptr %26, align 8, !noalias !21
  %.1624.i.7 = add nuw nsw i64 %.1555.01139.i, 8
  %27 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1624.i.6
  store float 0.000000e+00, ptr %27, align 4, !noalias !21
  %.1682.i.7 = add nsw i64 %.1624.i.6, %.1681.i
  %28 = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.1624.i.6
  store i64 %.1682.i.7, ptr %28, align 8, !noalias !21
  %niter.next.7 = add i64 %niter, 8
  %niter.ncmp.7 = icmp eq i64 %niter.next.7, %unroll_iter
  br i1 %niter.ncmp.7, label %B420.i.loopexit.unr-lcssa, label %B382.if.i

B516.if.i:                                        ; preds = %B420.i, %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i
  %.1783.01142.i = phi i64 [ %.1852.i, %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i ], [ 0, %B420.i ]
  %umin = tail call i64 @llvm.umin.i64(i64 %here.2.sroa.80.11152.i, i64 %.1783.01142.i)
  %29 = sub nsw i64 %here.2.sroa.80.11152.i, %umin
  %.1852.i = add nuw nsw i64 %.1783.01142.i, 1
  %.1926.not.i = icmp samesign ult i64 %.1783.01142.i, %here.2.sroa.80.11152.i
  br i1 %.1926.not.i, label %B518.else.endif.endif.endif.if.i, label %B518.else.endif.if.i, !prof !28

B518.else.endif.if.i:                             ; preds = %B516.if.i
  br label %B518.else.endif.endif.endif.if.i

B518.else.endif.endif.endif.if.i:                 ; preds = %B518.else.endif.if.i, %B516.if.i
  %.1906.sroa.0.2.i = phi i64 [ %here.2.sroa.80.11152.i, %B518.else.endif.if.i ], [ %.1783.01142.i, %B516.if.i ]
  %.1994.i = sub i64 %here.2.sroa.80.11152.i, %.1906.sroa.0.2.i
  %.2019.i = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.1906.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  %.2097.not.i = icmp samesign ult i64 %.1783.01142.i, %here_from.2.sroa.60.11156.i
  br i1 %.2097.not.i, label %B518.endif.else.endif.endif.endif.if.i, label %B518.endif.else.endif.if.i, !prof !28

B518.endif.else.endif.if.i:                       ; preds = %B518.else.endif.endif.endif.if.i
  br label %B518.endif.else.endif.endif.endif.if.i

B518.endif.else.endif.endif.endif.if.i:           ; preds = %B518.endif.else.endif.if.i, %B518.else.endif.endif.endif.if.i
  %.2077.sroa.0.2.i = phi i64 [ %here_from.2.sroa.60.11156.i, %B518.endif.else.endif.if.i ], [ %.1783.01142.i, %B518.else.endif.endif.endif.if.i ]
  %.2190.i = getelementptr i64, ptr %here_from.2.sroa.48.11157.i, i64 %.2077.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  %30 = getelementptr float, ptr %arg.a4, i64 %.1783.01142.i
  %.2593.i = load float, ptr %30, align 4, !noalias !21
  tail call fastcc void @NRT_incref(ptr null), !noalias !29
  tail call fastcc void @NRT_incref(ptr null), !noalias !29
  tail call fastcc void @NRT_incref(ptr null), !noalias !29
  tail call fastcc void @NRT_incref(ptr null), !noalias !29
  %.154175.not.i.i = icmp slt i64 %.1994.i, 1
  br i1 %.154175.not.i.i, label %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i, label %B60.if.i.i.preheader

B60.if.i.i.preheader:                             ; preds = %B518.endif.else.endif.endif.endif.if.i
  %xtraiter2 = and i64 %29, 3
  %31 = sub nsw i64 %umin, %here.2.sroa.80.11152.i
  %32 = icmp ugt i64 %31, -4
  br i1 %32, label %B60.if.i.i.epil.preheader, label %B60.if.i.i.preheader.new

B60.if.i.i.preheader.new:                         ; preds = %B60.if.i.i.preheader
  %unroll_iter6 = and i64 %29, -4
  br label %B60.if.i.i

B60.if.i.i:                                       ; preds = %B60.if.i.i, %B60.if.i.i.preheader.new
  %.96.0176.i.i = phi i64 [ 0, %B60.if.i.i.preheader.new ], [ %.167.i.i.3, %B60.if.i.i ]
  %niter7 = phi i64 [ 0, %B60.if.i.i.preheader.new ], [ %niter7.next.3, %B60.if.i.i ]
  %.167.i.i = or disjoint i64 %.96.0176.i.i, 1
  %33 = getelementptr float, ptr %before.2.sroa.36.11155.i, i64 %.96.0176.i.i
  %.225.i.i = load float, ptr %33, align 4, !noalias !29
  %.227.i.i = fsub reassoc nsz contract float %.225.i.i, %.2593.i
  %34 = getelementptr float, ptr %.2019.i, i64 %.96.0176.i.i
  %.261.i.i = load float, ptr %34, align 4, !noalias !29
  %.263.i.i = fcmp reassoc nsz contract ogt float %.227.i.i, %.261.i.i
  %.227..261.i.i = select i1 %.263.i.i, float %.227.i.i, float %.261.i.i
  store float %.227..261.i.i, ptr %34, align 4, !noalias !29
  %35 = getelementptr i64, ptr %before_from.2.sroa.36.11159.i, i64 %.96.0176.i.i
  %36 = getelementptr i64, ptr %.2190.i, i64 %.96.0176.i.i
  %"$phi174.1.2.1.in.i.i" = select i1 %.263.i.i, ptr %35, ptr %36
  %"$phi174.1.2.1.i.i" = load i64, ptr %"$phi174.1.2.1.in.i.i", align 8, !noalias !29
  store i64 %"$phi174.1.2.1.i.i", ptr %36, align 8, !noalias !29
  %.167.i.i.1 = or disjoint i64 %.96.0176.i.i, 2
  %37 = getelementptr float, ptr %before.2.sroa.36.11155.i, i64 %.167.i.i
  %.225.i.i.1 = load float, ptr %37, align 4, !noalias !29
  %.227.i.i.1 = fsub reassoc nsz contract float %.225.i.i.1, %.2593.i
  %38 = getelementptr float, ptr %.2019.i, i64 %.167.i.i
  %.261.i.i.1 = load float, ptr %38, align 4, !noalias !29
  %.263.i.i.1 = fcmp reassoc nsz contract ogt float %.227.i.i.1, %.261.i.i.1
  %.227..261.i.i.1 = select i1 %.263.i.i.1, float %.227.i.i.1, float %.261.i.i.1
  store float %.227..261.i.i.1, ptr %38, align 4, !noalias !29
  %39 = getelementptr i64, ptr %before_from.2.sroa.36.11159.i, i64 %.167.i.i
  %40 = getelementptr i64, ptr %.2190.i, i64 %.167.i.i
  %"$phi174.1.2.1.in.i.i.1" = select i1 %.263.i.i.1, ptr %39, ptr %40
  %"$phi174.1.2.1.i.i.1" = load i64, ptr %"$phi174.1.2.1.in.i.i.1", align 8, !noalias !29
  store i64 %"$phi174.1.2.1.i.i.1", ptr %40, align 8, !noalias !29
  %.167.i.i.2 = or disjoint i64 %.96.0176.i.i, 3
  %41 = getelementptr float, ptr %before.2.sroa.36.11155.i, i64 %.167.i.i.1
  %.225.i.i.2 = load float, ptr %41, align 4, !noalias !29
  %.227.i.i.2 = fsub reassoc nsz contract float %.225.i.i.2, %.2593.i
  %42 = getelementptr float, ptr %.2019.i, i64 %.167.i.i.1
  %.261.i.i.2 = load float, ptr %42, align 4, !noalias !29
  %.263.i.i.2 = fcmp reassoc nsz contract ogt float %.227.i.i.2, %.261.i.i.2
  %.227..261.i.i.2 = select i1 %.263.i.i.2, float %.227.i.i.2, float %.261.i.i.2
  store float %.227..261.i.i.2, ptr %42, align 4, !noalias !29
  %43 = getelementptr i64, ptr %before_from.2.sroa.36.11159.i, i64 %.167.i.i.1
  %44 = getelementptr i64, ptr %.2190.i, i64 %.167.i.i.1
  %"$phi174.1.2.1.in.i.i.2" = select i1 %.263.i.i.2, ptr %43, ptr %44
  %"$phi174.1.2.1.i.i.2" = load i64, ptr %"$phi174.1.2.1.in.i.i.2", align 8, !noalias !29
  store i64 %"$phi174.1.2.1.i.i.2", ptr %44, align 8, !noalias !29
  %.167.i.i.3 = add nuw nsw i64 %.96.0176.i.i, 4
  %45 = getelementptr float, ptr %before.2.sroa.36.11155.i, i64 %.167.i.i.2
  %.225.i.i.3 = load float, ptr %45, align 4, !noalias !29
  %.227.i.i.3 = fsub reassoc nsz contract float %.225.i.i.3, %.2593.i
  %46 = getelementptr float, ptr %.2019.i, i64 %.167.i.i.2
  %.261.i.i.3 = load float, ptr %46, align 4, !noalias !29
  %.263.i.i.3 = fcmp reassoc nsz contract ogt float %.227.i.i.3, %.261.i.i.3
  %.227..261.i.i.3 = select i1 %.263.i.i.3, float %.227.i.i.3, float %.261.i.i.3
  store float %.227..261.i.i.3, ptr %46, align 4, !noalias !29
  %47 = getelementptr i64, ptr %before_from.2.sroa.36.11159.i, i64 %.167.i.i.2
  %48 = getelementptr i64, ptr %.2190.i, i64 %.167.i.i.2
  %"$phi174.1.2.1.in.i.i.3" = select i1 %.263.i.i.3, ptr %47, ptr %48
  %"$phi174.1.2.1.i.i.3" = load i64, ptr %"$phi174.1.2.1.in.i.i.3", align 8, !noalias !29
  store i64 %"$phi174.1.2.1.i.i.3", ptr %48, align 8, !noalias !29
  %niter7.next.3 = add i64 %niter7, 4
  %niter7.ncmp.3 = icmp eq i64 %niter7.next.3, %unroll_iter6
  br i1 %niter7.ncmp.3, label %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i.loopexit.unr-lcssa, label %B60.if.i.i

_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i.loopexit.unr-lcssa: ; preds = %B60.if.i.i
  %lcmp.mod4.not = icmp eq i64 %xtraiter2, 0
  br i1 %lcmp.mod4.not, label %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i, label %B60.if.i.i.epil.preheader

B60.if.i.i.epil.preheader:                        ; preds = %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i.loopexit.unr-lcssa, %B60.if.i.i.preheader
  %.96.0176.i.i.epil.init = phi i64 [ 0, %B60.if.i.i.preheader ], [ %.167.i.i.3, %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i.loopexit.unr-lcssa ]
  %lcmp.mod5 = icmp ne i64 %xtraiter2, 0
  tail call void @llvm.assume(i1 %lcmp.mod5)
  br label %B60.if.i.i.epil

B60.if.i.i.epil:                                  ; preds = %B60.if.i.i.epil, %B60.if.i.i.epil.preheader
  %.96.0176.i.i.epil = phi i64 [ %.167.i.i.epil, %B60.if.i.i.epil ], [ %.96.0176.i.i.epil.init, %B60.if.i.i.epil.preheader ]
  %epil.iter3 = phi i64 [ %epil.iter3.next, %B60.if.i.i.epil ], [ 0, %B60.if.i.i.epil.preheader ]
  %.167.i.i.epil = add nuw nsw i64 %.96.0176.i.i.epil, 1
  %49 = getelementptr float, ptr %before.2.sroa.36.11155.i, i64 %.96.0176.i.i.epil
  %.225.i.i.epil = load float, ptr %49, align 4, !noalias !29
  %.227.i.i.epil = fsub reassoc nsz contract float %.225.i.i.epil, %.2593.i
  %50 = getelementptr float, ptr %.2019.i, i64 %.96.0176.i.i.epil
  %.261.i.i.epil = load float, ptr %50, align 4, !noalias !29
  %.263.i.i.epil = fcmp reassoc nsz contract ogt float %.227.i.i.epil, %.261.i.i.epil
  %.227..261.i.i.epil = select i1 %.263.i.i.epil, float %.227.i.i.epil, float %.261.i.i.epil
  store float %.227..261.i.i.epil, ptr %50, align 4, !noalias !29
  %51 = getelementptr i64, ptr %before_from.2.sroa.36.11159.i, i64 %.96.0176.i.i.epil
  %52 = getelementptr i64, ptr %.2190.i, i64 %.96.0176.i.i.epil
  %"$phi174.1.2.1.in.i.i.epil" = select i1 %.263.i.i.epil, ptr %51, ptr %52
  %"$phi174.1.2.1.i.i.epil" = load i64, ptr %"$phi174.1.2.1.in.i.i.epil", align 8, !noalias !29
  store i64 %"$phi174.1.2.1.i.i.epil", ptr %52, align 8, !noalias !29
  %epil.iter3.next = add i64 %epil.iter3, 1
  %epil.iter3.cmp.not = icmp eq i64 %epil.iter3.next, %xtraiter2
  br i1 %epil.iter3.cmp.not, label %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i, label %B60.if.i.i.epil, !llvm.loop !32

_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i: ; preds = %_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf.exit.i.loopexit.unr-lcssa, %B60.if.i.i.epil, %B518.endif.else.endif.endif.endif.if.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !29
  tail call fastcc void @NRT_decref(ptr null), !noalias !29
  tail call fastcc void @NRT_decref(ptr null), !noalias !29
  tail call fastcc void @NRT_decref(ptr null), !noalias !29
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  %exitcond1171.not.i = icmp eq i64 %.13.i.i, %.1852.i
  br i1 %exitcond1171.not.i, label %B646.i, label %B516.if.i

B646.else.if.i:                                   ; preds = %B646.i
  br label %B646.else.endif.i

B646.else.endif.i:                                ; preds = %B646.else.if.i, %B646.i
  %.2686.sroa.0.1.i = phi i64 [ 0, %B646.else.if.i ], [ %.2698.i, %B646.i ]
  br i1 %.2706.not.i, label %B646.else.endif.endif.endif.i, label %B646.else.endif.if.i, !prof !28

B646.else.endif.if.i:                             ; preds = %B646.else.endif.i
  br label %B646.else.endif.endif.endif.i

B646.else.endif.endif.endif.i:                    ; preds = %B646.else.endif.if.i, %B646.else.endif.i
  %.2686.sroa.0.2.i = phi i64 [ %arg.a0_1, %B646.else.endif.if.i ], [ %.2686.sroa.0.1.i, %B646.else.endif.i ]
  %.2803.i = mul i64 %.2685.i, %arg.a0_1
  %53 = getelementptr float, ptr %arg.a0, i64 %.2803.i
  %.2807.i = getelementptr float, ptr %53, i64 %.2686.sroa.0.2.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !21
  tail call fastcc void @NRT_decref(ptr null), !noalias !21
  br i1 %.16111138.not.i, label %B846.i, label %B746.if.i.preheader

B746.if.i.preheader:                              ; preds = %B646.else.endif.endif.endif.i
  br i1 %7, label %B746.if.i.epil.preheader, label %B746.if.i

B746.if.i:                                        ; preds = %B746.if.i.preheader, %B746.if.i
  %top.2.21147.i = phi float [ %.13.i1135.i.3, %B746.if.i ], [ 0.000000e+00, %B746.if.i.preheader ]
  %.2873.01145.i = phi i64 [ %.2942.i.3, %B746.if.i ], [ 0, %B746.if.i.preheader ]
  %niter14 = phi i64 [ %niter14.next.3, %B746.if.i ], [ 0, %B746.if.i.preheader ]
  %.2942.i = or disjoint i64 %.2873.01145.i, 1
  %54 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.2873.01145.i
  %.2996.i = load float, ptr %54, align 4, !noalias !21
  %55 = getelementptr float, ptr %.2807.i, i64 %.2873.01145.i
  %.3026.i = load float, ptr %55, align 4, !noalias !21
  %.3028.i = fsub reassoc nsz contract float %.3026.i, %.145.i
  %.3029.i = fadd reassoc nsz contract float %.3028.i, %.2996.i
  store float %.3029.i, ptr %54, align 4, !noalias !21
  %.12.i.i = fcmp reassoc nsz contract ogt float %.3029.i, %top.2.21147.i
  %.13.i1135.i = select i1 %.12.i.i, float %.3029.i, float %top.2.21147.i
  %.2942.i.1 = or disjoint i64 %.2873.01145.i, 2
  %56 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.2942.i
  %.2996.i.1 = load float, ptr %56, align 4, !noalias !21
  %57 = getelementptr float, ptr %.2807.i, i64 %.2942.i
  %.3026.i.1 = load float, ptr %57, align 4, !noalias !21
  %.3028.i.1 = fsub reassoc nsz contract float %.3026.i.1, %.145.i
  %.3029.i.1 = fadd reassoc nsz contract float %.3028.i.1, %.2996.i.1
  store float %.3029.i.1, ptr %56, align 4, !noalias !21
  %.12.i.i.1 = fcmp reassoc nsz contract ogt float %.3029.i.1, %.13.i1135.i
  %.13.i1135.i.1 = select i1 %.12.i.i.1, float %.3029.i.1, float %.13.i1135.i
  %.2942.i.2 = or disjoint i64 %.2873.01145.i, 3
  %58 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.2942.i.1
  %.2996.i.2 = load float, ptr %58, align 4, !noalias !21
  %59 = getelementptr float, ptr %.2807.i, i64 %.2942.i.1
  %.3026.i.2 = load float, ptr %59, align 4, !noalias !21
  %.3028.i.2 = fsub reassoc nsz contract float %.3026.i.2, %.145.i
  %.3029.i.2 = fadd reassoc nsz contract float %.3028.i.2, %.2996.i.2
  store float %.3029.i.2, ptr %58, align 4, !noalias !21
  %.12.i.i.2 = fcmp reassoc nsz contract ogt float %.3029.i.2, %.13.i1135.i.1
  %.13.i1135.i.2 = select i1 %.12.i.i.2, float %.3029.i.2, float %.13.i1135.i.1
  %.2942.i.3 = add nuw nsw i64 %.2873.01145.i, 4
  %60 = getelementptr float, ptr %here.2.sroa.64.11153.i, i64 %.2942.i.2
  %.2996.i.3 = load float, ptr %60, align 4, !noalias !21
  %61 = getelementptr float, ptr %.2807.i, i64 %.2942.i.2
  %.3026.i.3 = load float, ptr %61, align 4, !noalias !21
  %.3028.i.3 = fsub reassoc nsz contract float %.3026.i.3, %.145.i
  %.3029.i.3 = fadd reassoc nsz contract float %.3028.i.3, %.2996.i.3
  store float %.3029.i.3, ptr %60, align 4, !noalias !21
  %.12.i.i.3 = fcmp reassoc nsz contract ogt float %.3029.i.3, %.13.i1135.i.2
  %.13.i1135.i.3 = select i1 %.12.i.i.3, float %.3029.i.3, float %.13.i1135.i.2
  %niter14.next.3 = add i64 %niter14, 4
  %niter14.ncmp.3 = icmp eq i64 %niter14.next.3, %unroll_iter13
  br i1 %niter14.ncmp.3, label %B846.i.loopexit.unr-lcssa, label %B746.if.i

_ZN11scorebridge7kernels10local_runs9best_runsB3v35B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEd5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE.exit: ; preds = %B1078.i, %entry
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
  br i1 %.4, label %common.ret, label %.3.endif, !prof !24

common.ret:                                       ; preds = %.3.endif, %.3.endif.if, %.3
  ret void

.3.endif:                                         ; preds = %.3
  fence release
  %.4.i = atomicrmw sub ptr %.1, i64 1 monotonic, align 8
  %.10 = icmp eq i64 %.4.i, 1
  br i1 %.10, label %.3.endif.if, label %common.ret, !prof !24

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
  br i1 %.4, label %common.ret, label %.3.endif, !prof !24

common.ret:                                       ; preds = %.3, %.3.endif
  ret void

.3.endif:                                         ; preds = %.3
  %.4.i = atomicrmw add ptr %.1, i64 1 monotonic, align 8
  br label %common.ret
}

define ptr @best_runs(ptr readonly captures(none) %.1, i64 %.2, i64 %.3, ptr readonly captures(none) %.4, i64 %.5, ptr readonly captures(none) %.6, i64 %.7, double %.8, ptr readonly captures(none) %.9, i64 %.10, ptr captures(none) %.11, i64 %.12, i64 %.13, ptr captures(none) %.14, i64 %.15, i64 %.16, ptr captures(none) %.17, i64 %.18, i64 %.19) local_unnamed_addr {
entry:
  %.21 = alloca ptr, align 8
  store ptr null, ptr %.21, align 8
  call fastcc void @_ZN13_3cdynamic_3e5entryB3v32B106c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDG56aoKZjphCYRBHEAZoAE10float32_2axx8int64_2ax8int64_2axd10float32_2ax10float32_2axx8int64_2axx10float64_2axx(ptr %.21, ptr %.1, i64 %.2, i64 %.3, ptr %.4, i64 %.5, ptr %.6, i64 %.7, double %.8, ptr %.9, i64 %.10, ptr %.11, i64 %.13, ptr %.14, i64 %.16, ptr %.17, i64 %.18, i64 %.19) #0
  %.35 = load ptr, ptr %.21, align 8
  ret ptr %.35
}

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.smax.i64(i64, i64) #2

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.smin.i64(i64, i64) #2

; Function Attrs: nocallback nofree nounwind willreturn memory(argmem: write)
declare void @llvm.memset.p0.i64(ptr writeonly captures(none), i8, i64, i1 immarg) #3

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write)
declare void @llvm.assume(i1 noundef) #4

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.umin.i64(i64, i64) #2

attributes #0 = { noinline }
attributes #1 = { mustprogress nofree noinline norecurse nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nocallback nofree nosync nounwind speculatable willreturn memory(none) }
attributes #3 = { nocallback nofree nounwind willreturn memory(argmem: write) }
attributes #4 = { nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write) }

!0 = !{!1}
!1 = distinct !{!1, !2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!2 = distinct !{!2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!3 = !{!4}
!4 = distinct !{!4, !5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v33B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!5 = distinct !{!5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v33B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!6 = !{!7}
!7 = distinct !{!7, !8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v33B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!8 = distinct !{!8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v33B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!9 = !{!10}
!10 = distinct !{!10, !11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!11 = distinct !{!11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v4B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!12 = !{!13}
!13 = distinct !{!13, !14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!14 = distinct !{!14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v2B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!15 = !{!16}
!16 = distinct !{!16, !17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v3B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!17 = distinct !{!17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB2v3B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE8int64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!18 = !{!19}
!19 = distinct !{!19, !20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v34B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!20 = distinct !{!20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v34B102c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDGyNBQG0BBiiYpQkAE10float64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!21 = !{!22}
!22 = distinct !{!22, !23, !"_ZN11scorebridge7kernels10local_runs9best_runsB3v35B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEd5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE: %retptr"}
!23 = distinct !{!23, !"_ZN11scorebridge7kernels10local_runs9best_runsB3v35B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEd5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIxLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE"}
!24 = !{!"branch_weights", i32 1, i32 99}
!25 = distinct !{!25, !26}
!26 = !{!"llvm.loop.unroll.disable"}
!27 = distinct !{!27, !26}
!28 = !{!"branch_weights", i32 99, i32 1}
!29 = !{!30, !22}
!30 = distinct !{!30, !31, !"_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf: %retptr"}
!31 = distinct !{!31, !"_ZN11scorebridge7kernels10local_runs10_take_stepB3v36B94c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsCAgXrKFt1X1erJ_2bXklRYnJJeo6CupFwIRUnJ8MYuYVV6nXagKDuwhirCYAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedEf"}
!32 = distinct !{!32, !26}
