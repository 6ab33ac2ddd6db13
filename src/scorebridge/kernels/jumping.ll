; {"source": "72ef3d8c4ea8c35c", "kernels": {"best_path": ["f4[:,:]", "f4[:]", "f4[:]", "f4[:]", "f4[:]", "f4[:]", "f8", "f8", "f8", "i8[:]", "i8[:]", "f4[:,:]", "u1[:,:]", "i4[:,:]", "i4[:,:]", "f4[:]", "i4[:,:]", "u1[:]", "i8[:]"], "posterior": ["f4[:,:]", "f8[:]", "f8[:]", "f8[:]", "f8[:]", "f8[:]", "f8[:]", "f8", "f8", "f8[:,:]", "f8[:,:]", "f4[:,:]", "f4[:]"], "advance": ["f8[:]", "f8[:]", "f8[:]", "f8[:]", "f8[:]", "f8", "f8[:]", "f8[:]"]}, "python": [], "unreachable": ["scorebridge_NRT_MemInfo_call_dtor"]}
; ModuleID = '<string>'
source_filename = "<string>"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

define internal fastcc void @_ZN13_3cdynamic_3e5entryB3v19B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float32_2axx10float32_2ax10float32_2ax10float32_2ax10float32_2ax10float32_2axddd8int64_2ax8int64_2ax10float32_2axx8uint8_2axx8int32_2axx8int32_2axx10float32_2ax8int32_2axx8uint8_2ax8int64_2ax(ptr noalias nonnull writeonly captures(none) %retptr, ptr readonly captures(none) %arg.a0, i64 %arg.a0_0, i64 %arg.a0_1, ptr readonly captures(none) %arg.a1, i64 %arg.a1_0, ptr readonly captures(none) %arg.a2, ptr readonly captures(none) %arg.a3, ptr readonly captures(none) %arg.a4, ptr readonly captures(none) %arg.a5, double %arg.a6, double %arg.a7, double %arg.a8, ptr readonly captures(none) %arg.a9, i64 %arg.a9_0, ptr readonly captures(none) %arg.a10, i64 %arg.a10_0, ptr captures(none) %arg.a11, i64 %arg.a11_1, ptr captures(none) %arg.a12, i64 %arg.a12_0, i64 %arg.a12_1, ptr captures(none) %arg.a13, i64 %arg.a13_0, i64 %arg.a13_1, ptr captures(none) %arg.a14, i64 %arg.a14_1, ptr writeonly captures(none) %arg.a15, ptr writeonly captures(none) %arg.a16, i64 %arg.a16_1, ptr writeonly captures(none) %arg.a17, ptr writeonly captures(none) %arg.a18) unnamed_addr {
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
  tail call fastcc void @NRT_decref(ptr null), !noalias !27
  tail call fastcc void @NRT_incref(ptr null), !noalias !30
  tail call fastcc void @NRT_decref(ptr null), !noalias !30
  tail call fastcc void @NRT_incref(ptr null), !noalias !33
  tail call fastcc void @NRT_decref(ptr null), !noalias !33
  tail call fastcc void @NRT_incref(ptr null), !noalias !36
  tail call fastcc void @NRT_decref(ptr null), !noalias !36
  tail call fastcc void @NRT_incref(ptr null), !noalias !39
  tail call fastcc void @NRT_decref(ptr null), !noalias !39
  tail call fastcc void @NRT_incref(ptr null), !noalias !42
  tail call fastcc void @NRT_decref(ptr null), !noalias !42
  tail call fastcc void @NRT_incref(ptr null), !noalias !45
  tail call fastcc void @NRT_decref(ptr null), !noalias !45
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  %.293.i = fptrunc double %arg.a6 to float
  %.294.i = fptrunc double %arg.a7 to float
  %.301.i = fptrunc double %arg.a8 to float
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  %.426.i = getelementptr float, ptr %arg.a11, i64 %arg.a11_1
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  %.496.idx.i = shl i64 %arg.a11_1, 3
  %.496.i = getelementptr i8, ptr %arg.a11, i64 %.496.idx.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  %.671.i = getelementptr i32, ptr %arg.a14, i64 %arg.a14_1
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  %.8081195.not.i = icmp slt i64 %arg.a0_1, 1
  br i1 %.8081195.not.i, label %B370.i, label %B344.if.i.preheader

B344.if.i.preheader:                              ; preds = %entry
  %xtraiter = and i64 %arg.a0_1, 7
  %0 = icmp ult i64 %arg.a0_1, 8
  br i1 %0, label %B344.if.i.epil.preheader, label %B344.if.i.preheader.new

B344.if.i.preheader.new:                          ; preds = %B344.if.i.preheader
  %unroll_iter = and i64 %arg.a0_1, 9223372036854775800
  br label %B344.if.i

B370.i.loopexit.unr-lcssa:                        ; preds = %B344.if.i
  %lcmp.mod.not = icmp eq i64 %xtraiter, 0
  br i1 %lcmp.mod.not, label %B370.i, label %B344.if.i.epil.preheader

B344.if.i.epil.preheader:                         ; preds = %B370.i.loopexit.unr-lcssa, %B344.if.i.preheader
  %.750.01197.i.epil.init = phi i64 [ 0, %B344.if.i.preheader ], [ %.821.i.7, %B370.i.loopexit.unr-lcssa ]
  %lcmp.mod1 = icmp ne i64 %xtraiter, 0
  tail call void @llvm.assume(i1 %lcmp.mod1)
  br label %B344.if.i.epil

B344.if.i.epil:                                   ; preds = %B344.if.i.epil, %B344.if.i.epil.preheader
  %.750.01197.i.epil = phi i64 [ %.821.i.epil, %B344.if.i.epil ], [ %.750.01197.i.epil.init, %B344.if.i.epil.preheader ]
  %epil.iter = phi i64 [ %epil.iter.next, %B344.if.i.epil ], [ 0, %B344.if.i.epil.preheader ]
  %.821.i.epil = add nuw nsw i64 %.750.01197.i.epil, 1
  %.875.i.epil = getelementptr float, ptr %arg.a11, i64 %.750.01197.i.epil
  store float 0x7FF0000000000000, ptr %.875.i.epil, align 4, !noalias !48
  %.906.i.epil = getelementptr float, ptr %.496.i, i64 %.750.01197.i.epil
  store float 0x7FF0000000000000, ptr %.906.i.epil, align 4, !noalias !48
  %epil.iter.next = add i64 %epil.iter, 1
  %epil.iter.cmp.not = icmp eq i64 %epil.iter.next, %xtraiter
  br i1 %epil.iter.cmp.not, label %B370.i, label %B344.if.i.epil, !llvm.loop !51

B370.i:                                           ; preds = %B370.i.loopexit.unr-lcssa, %B344.if.i.epil, %entry
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  %.10451215.not.i = icmp slt i64 %arg.a0_0, 1
  br i1 %.10451215.not.i, label %B1292.i, label %B426.if.lr.ph.i

B426.if.lr.ph.i:                                  ; preds = %B370.i
  %.1092.i = fpext float %.293.i to double
  %.182344.not.i.i = icmp slt i64 %arg.a11_1, 1
  %.484.i.i = add nsw i64 %arg.a9_0, -1
  %.2187.i = add nsw i64 %arg.a0_0, -1
  %.17891198.not.i = icmp slt i64 %arg.a1_0, 1
  %xtraiter2 = and i64 %arg.a11_1, 1
  %1 = icmp eq i64 %arg.a11_1, 1
  %unroll_iter6 = and i64 %arg.a11_1, 9223372036854775806
  %lcmp.mod4.not = icmp eq i64 %xtraiter2, 0
  %lcmp.mod5 = icmp ne i64 %xtraiter2, 0
  br label %B426.if.i

B540.i:                                           ; preds = %B426.if.i
  %.1151.i = mul i64 %.988.01216.i, %arg.a13_1
  %.1153.i = getelementptr i32, ptr %arg.a13, i64 %.1151.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !53
  tail call fastcc void @NRT_incref(ptr null), !noalias !53
  tail call fastcc void @NRT_incref(ptr null), !noalias !53
  tail call fastcc void @NRT_incref(ptr null), !noalias !53
  tail call fastcc void @NRT_incref(ptr null), !noalias !53
  br i1 %.182344.not.i.i, label %_ZN11scorebridge7kernels7jumping15_cheapest_exitsB3v22B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEf5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE.exit.i, label %B132.if.i.i.preheader

B132.if.i.i.preheader:                            ; preds = %B540.i
  br i1 %1, label %B132.if.i.i.epil.preheader, label %B132.if.i.i

B238.i.i:                                         ; preds = %B132.if.i.i
  %.351.i.i = icmp slt i64 %at.3.0347.i.i, 0
  %.352.i.i = select i1 %.351.i.i, i64 %arg.a9_0, i64 0
  %2 = getelementptr i64, ptr %arg.a9, i64 %at.3.0347.i.i
  %.366.i.i = getelementptr i64, ptr %2, i64 %.352.i.i
  %.367.i.i = load i64, ptr %.366.i.i, align 8, !noalias !53
  %.369.i.i = icmp eq i64 %.367.i.i, %.124.0345.i.i
  br i1 %.369.i.i, label %B262.i.i, label %B292.i.i

B262.i.i:                                         ; preds = %B238.i.i
  %3 = getelementptr float, ptr %.496.i, i64 %.124.0345.i.i
  store float %best.5.1.i.i, ptr %3, align 4, !noalias !53
  %.421.i.i = select i1 %.351.i.i, i64 %arg.a13_1, i64 0
  %4 = getelementptr i32, ptr %.1153.i, i64 %at.3.0347.i.i
  %.435.i.i = getelementptr i32, ptr %4, i64 %.421.i.i
  %.436.i.i = trunc i64 %where.3.1.i.i to i32
  store i32 %.436.i.i, ptr %.435.i.i, align 4, !noalias !53
  %.439.i.i = add nsw i64 %at.3.0347.i.i, 1
  br label %B292.i.i

B292.i.i:                                         ; preds = %B132.if.i.i, %B262.i.i, %B238.i.i
  %at.4.1.i.i = phi i64 [ %.439.i.i, %B262.i.i ], [ %at.3.0347.i.i, %B238.i.i ], [ %at.3.0347.i.i, %B132.if.i.i ]
  %.195.i.i.1 = add nuw nsw i64 %.124.0345.i.i, 2
  %.231.i.i.1 = fadd float %best.5.1.i.i, %.301.i
  %5 = getelementptr float, ptr %before.2.sroa.40.01219.i, i64 %.195.i.i
  %.267.i.i.1 = load float, ptr %5, align 4, !noalias !53
  %6 = getelementptr float, ptr %arg.a2, i64 %.195.i.i
  %.298.i.i.1 = load float, ptr %6, align 4, !noalias !53
  %.299.i.i.1 = fadd float %.267.i.i.1, %.298.i.i.1
  %.304.i.i.1 = fcmp olt float %.299.i.i.1, %.231.i.i.1
  %where.3.1.i.i.1 = select i1 %.304.i.i.1, i64 %.195.i.i, i64 %where.3.1.i.i
  %best.5.1.i.i.1 = select i1 %.304.i.i.1, float %.299.i.i.1, float %.231.i.i.1
  %.332.i.i.1 = icmp slt i64 %at.4.1.i.i, %arg.a9_0
  br i1 %.332.i.i.1, label %B238.i.i.1, label %B292.i.i.1

B238.i.i.1:                                       ; preds = %B292.i.i
  %.351.i.i.1 = icmp slt i64 %at.4.1.i.i, 0
  %.352.i.i.1 = select i1 %.351.i.i.1, i64 %arg.a9_0, i64 0
  %7 = getelementptr i64, ptr %arg.a9, i64 %at.4.1.i.i
  %.366.i.i.1 = getelementptr i64, ptr %7, i64 %.352.i.i.1
  %.367.i.i.1 = load i64, ptr %.366.i.i.1, align 8, !noalias !53
  %.369.i.i.1 = icmp eq i64 %.367.i.i.1, %.195.i.i
  br i1 %.369.i.i.1, label %B262.i.i.1, label %B292.i.i.1

B262.i.i.1:                                       ; preds = %B238.i.i.1
  %8 = getelementptr float, ptr %.496.i, i64 %.195.i.i
  store float %best.5.1.i.i.1, ptr %8, align 4, !noalias !53
  %.421.i.i.1 = select i1 %.351.i.i.1, i64 %arg.a13_1, i64 0
  %9 = getelementptr i32, ptr %.1153.i, i64 %at.4.1.i.i
  %.435.i.i.1 = getelementptr i32, ptr %9, i64 %.421.i.i.1
  %.436.i.i.1 = trunc i64 %where.3.1.i.i.1 to i32
  store i32 %.436.i.i.1, ptr %.435.i.i.1, align 4, !noalias !53
  %.439.i.i.1 = add nsw i64 %at.4.1.i.i, 1
  br label %B292.i.i.1

B292.i.i.1:                                       ; preds = %B262.i.i.1, %B238.i.i.1, %B292.i.i
  %at.4.1.i.i.1 = phi i64 [ %.439.i.i.1, %B262.i.i.1 ], [ %at.4.1.i.i, %B238.i.i.1 ], [ %at.4.1.i.i, %B292.i.i ]
  %niter7.next.1 = add i64 %niter7, 2
  %niter7.ncmp.1 = icmp eq i64 %niter7.next.1, %unroll_iter6
  br i1 %niter7.ncmp.1, label %B434.if.i.i.preheader.unr-lcssa, label %B132.if.i.i

B434.if.i.i.preheader.unr-lcssa:                  ; preds = %B292.i.i.1
  br i1 %lcmp.mod4.not, label %B434.if.i.i.preheader, label %B132.if.i.i.epil.preheader

B132.if.i.i.epil.preheader:                       ; preds = %B434.if.i.i.preheader.unr-lcssa, %B132.if.i.i.preheader
  %best.4.0349.i.i.epil.init = phi float [ 0x7FF0000000000000, %B132.if.i.i.preheader ], [ %best.5.1.i.i.1, %B434.if.i.i.preheader.unr-lcssa ]
  %where.4.0348.i.i.epil.init = phi i64 [ 0, %B132.if.i.i.preheader ], [ %where.3.1.i.i.1, %B434.if.i.i.preheader.unr-lcssa ]
  %at.3.0347.i.i.epil.init = phi i64 [ 0, %B132.if.i.i.preheader ], [ %at.4.1.i.i.1, %B434.if.i.i.preheader.unr-lcssa ]
  %.124.0345.i.i.epil.init = phi i64 [ 0, %B132.if.i.i.preheader ], [ %.195.i.i.1, %B434.if.i.i.preheader.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod5)
  %.231.i.i.epil = fadd float %best.4.0349.i.i.epil.init, %.301.i
  %10 = getelementptr float, ptr %before.2.sroa.40.01219.i, i64 %.124.0345.i.i.epil.init
  %.267.i.i.epil = load float, ptr %10, align 4, !noalias !53
  %11 = getelementptr float, ptr %arg.a2, i64 %.124.0345.i.i.epil.init
  %.298.i.i.epil = load float, ptr %11, align 4, !noalias !53
  %.299.i.i.epil = fadd float %.267.i.i.epil, %.298.i.i.epil
  %.304.i.i.epil = fcmp olt float %.299.i.i.epil, %.231.i.i.epil
  %where.3.1.i.i.epil = select i1 %.304.i.i.epil, i64 %.124.0345.i.i.epil.init, i64 %where.4.0348.i.i.epil.init
  %best.5.1.i.i.epil = select i1 %.304.i.i.epil, float %.299.i.i.epil, float %.231.i.i.epil
  %.332.i.i.epil = icmp slt i64 %at.3.0347.i.i.epil.init, %arg.a9_0
  br i1 %.332.i.i.epil, label %B238.i.i.epil, label %B434.if.i.i.preheader

B238.i.i.epil:                                    ; preds = %B132.if.i.i.epil.preheader
  %.351.i.i.epil = icmp slt i64 %at.3.0347.i.i.epil.init, 0
  %.352.i.i.epil = select i1 %.351.i.i.epil, i64 %arg.a9_0, i64 0
  %12 = getelementptr i64, ptr %arg.a9, i64 %at.3.0347.i.i.epil.init
  %.366.i.i.epil = getelementptr i64, ptr %12, i64 %.352.i.i.epil
  %.367.i.i.epil = load i64, ptr %.366.i.i.epil, align 8, !noalias !53
  %.369.i.i.epil = icmp eq i64 %.367.i.i.epil, %.124.0345.i.i.epil.init
  br i1 %.369.i.i.epil, label %B262.i.i.epil, label %B434.if.i.i.preheader

B262.i.i.epil:                                    ; preds = %B238.i.i.epil
  %13 = getelementptr float, ptr %.496.i, i64 %.124.0345.i.i.epil.init
  store float %best.5.1.i.i.epil, ptr %13, align 4, !noalias !53
  %.421.i.i.epil = select i1 %.351.i.i.epil, i64 %arg.a13_1, i64 0
  %14 = getelementptr i32, ptr %.1153.i, i64 %at.3.0347.i.i.epil.init
  %.435.i.i.epil = getelementptr i32, ptr %14, i64 %.421.i.i.epil
  %.436.i.i.epil = trunc i64 %where.3.1.i.i.epil to i32
  store i32 %.436.i.i.epil, ptr %.435.i.i.epil, align 4, !noalias !53
  br label %B434.if.i.i.preheader

B434.if.i.i.preheader:                            ; preds = %B132.if.i.i.epil.preheader, %B238.i.i.epil, %B262.i.i.epil, %B434.if.i.i.preheader.unr-lcssa
  br label %B434.if.i.i

B514.i.i:                                         ; preds = %B434.if.i.i
  %.751.i.i = getelementptr i64, ptr %arg.a9, i64 %at.1.2.0353.i.i
  %.752.i.i = load i64, ptr %.751.i.i, align 8, !noalias !53
  %.754.i.i = icmp eq i64 %.752.i.i, %.521.0356.i.i
  br i1 %.754.i.i, label %B538.i.i, label %B592.i.i

B538.i.i:                                         ; preds = %B514.i.i
  %15 = getelementptr float, ptr %.496.i, i64 %.521.0356.i.i
  %.788.i.i = load float, ptr %15, align 4, !noalias !53
  %.790.i.i = fcmp olt float %best.1.4.1.i.i, %.788.i.i
  br i1 %.790.i.i, label %B562.i.i, label %B582.i.i

B562.i.i:                                         ; preds = %B538.i.i
  store float %best.1.4.1.i.i, ptr %15, align 4, !noalias !53
  %.856.i.i = getelementptr i32, ptr %.1153.i, i64 %at.1.2.0353.i.i
  %.857.i.i = trunc i64 %where.1.2.1.i.i to i32
  store i32 %.857.i.i, ptr %.856.i.i, align 4, !noalias !53
  br label %B582.i.i

B582.i.i:                                         ; preds = %B562.i.i, %B538.i.i
  %.863.i.i = add nsw i64 %at.1.2.0353.i.i, -1
  br label %B592.i.i

B592.i.i:                                         ; preds = %B434.if.i.i, %B582.i.i, %B514.i.i
  %at.1.3.1.i.i = phi i64 [ %.863.i.i, %B582.i.i ], [ %at.1.2.0353.i.i, %B514.i.i ], [ %at.1.2.0353.i.i, %B434.if.i.i ]
  %.577.i.i = icmp sgt i64 %.521.0356.in.i.i, 1
  br i1 %.577.i.i, label %B434.if.i.i, label %_ZN11scorebridge7kernels7jumping15_cheapest_exitsB3v22B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEf5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE.exit.i

B132.if.i.i:                                      ; preds = %B132.if.i.i.preheader, %B292.i.i.1
  %best.4.0349.i.i = phi float [ %best.5.1.i.i.1, %B292.i.i.1 ], [ 0x7FF0000000000000, %B132.if.i.i.preheader ]
  %where.4.0348.i.i = phi i64 [ %where.3.1.i.i.1, %B292.i.i.1 ], [ 0, %B132.if.i.i.preheader ]
  %at.3.0347.i.i = phi i64 [ %at.4.1.i.i.1, %B292.i.i.1 ], [ 0, %B132.if.i.i.preheader ]
  %.124.0345.i.i = phi i64 [ %.195.i.i.1, %B292.i.i.1 ], [ 0, %B132.if.i.i.preheader ]
  %niter7 = phi i64 [ %niter7.next.1, %B292.i.i.1 ], [ 0, %B132.if.i.i.preheader ]
  %.195.i.i = or disjoint i64 %.124.0345.i.i, 1
  %.231.i.i = fadd float %best.4.0349.i.i, %.301.i
  %16 = getelementptr float, ptr %before.2.sroa.40.01219.i, i64 %.124.0345.i.i
  %.267.i.i = load float, ptr %16, align 4, !noalias !53
  %17 = getelementptr float, ptr %arg.a2, i64 %.124.0345.i.i
  %.298.i.i = load float, ptr %17, align 4, !noalias !53
  %.299.i.i = fadd float %.267.i.i, %.298.i.i
  %.304.i.i = fcmp olt float %.299.i.i, %.231.i.i
  %where.3.1.i.i = select i1 %.304.i.i, i64 %.124.0345.i.i, i64 %where.4.0348.i.i
  %best.5.1.i.i = select i1 %.304.i.i, float %.299.i.i, float %.231.i.i
  %.332.i.i = icmp slt i64 %at.3.0347.i.i, %arg.a9_0
  br i1 %.332.i.i, label %B238.i.i, label %B292.i.i

B434.if.i.i:                                      ; preds = %B434.if.i.i.preheader, %B592.i.i
  %.521.0356.in.i.i = phi i64 [ %.521.0356.i.i, %B592.i.i ], [ %arg.a11_1, %B434.if.i.i.preheader ]
  %best.1.3.0355.i.i = phi float [ %best.1.4.1.i.i, %B592.i.i ], [ 0x7FF0000000000000, %B434.if.i.i.preheader ]
  %where.1.3.0354.i.i = phi i64 [ %where.1.2.1.i.i, %B592.i.i ], [ 0, %B434.if.i.i.preheader ]
  %at.1.2.0353.i.i = phi i64 [ %at.1.3.1.i.i, %B592.i.i ], [ %.484.i.i, %B434.if.i.i.preheader ]
  %.521.0356.i.i = add nsw i64 %.521.0356.in.i.i, -1
  %.626.i.i = fadd float %best.1.3.0355.i.i, %.301.i
  %18 = getelementptr float, ptr %before.2.sroa.40.01219.i, i64 %.521.0356.i.i
  %.662.i.i = load float, ptr %18, align 4, !noalias !53
  %19 = getelementptr float, ptr %arg.a2, i64 %.521.0356.i.i
  %.693.i.i = load float, ptr %19, align 4, !noalias !53
  %.694.i.i = fadd float %.662.i.i, %.693.i.i
  %.699.i.i = fcmp olt float %.694.i.i, %.626.i.i
  %where.1.2.1.i.i = select i1 %.699.i.i, i64 %.521.0356.i.i, i64 %where.1.3.0354.i.i
  %best.1.4.1.i.i = select i1 %.699.i.i, float %.694.i.i, float %.626.i.i
  %.717.i.i = icmp sgt i64 %at.1.2.0353.i.i, -1
  br i1 %.717.i.i, label %B514.i.i, label %B592.i.i

_ZN11scorebridge7kernels7jumping15_cheapest_exitsB3v22B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEf5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE.exit.i: ; preds = %B592.i.i, %B540.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !53
  tail call fastcc void @NRT_decref(ptr null), !noalias !53
  tail call fastcc void @NRT_decref(ptr null), !noalias !53
  tail call fastcc void @NRT_decref(ptr null), !noalias !53
  tail call fastcc void @NRT_decref(ptr null), !noalias !53
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  br label %B592.i

B592.i:                                           ; preds = %B426.if.i, %_ZN11scorebridge7kernels7jumping15_cheapest_exitsB3v22B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEf5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE.exit.i
  %.1276.i = getelementptr i32, ptr %.671.i, i64 %.988.01216.i
  %.1277.i = trunc i64 %pause_row.2.01222.i to i32
  store i32 %.1277.i, ptr %.1276.i, align 4, !noalias !48
  %.1312.i = getelementptr i32, ptr %arg.a14, i64 %.988.01216.i
  store i32 0, ptr %.1312.i, align 4, !noalias !48
  br i1 %.8081195.not.i, label %B1218.i, label %B648.if.lr.ph.i

B648.if.lr.ph.i:                                  ; preds = %B592.i
  %.1996.i = mul i64 %.988.01216.i, %arg.a0_1
  %20 = getelementptr float, ptr %arg.a0, i64 %.1996.i
  %.2092.i = mul i64 %.988.01216.i, %arg.a12_1
  %21 = getelementptr i8, ptr %arg.a12, i64 %.2092.i
  %.2189.i = icmp slt i64 %.988.01216.i, %.2187.i
  %.2194.i = sub nuw nsw i64 %.2187.i, %.988.01216.i
  %.2196.i = uitofp nneg i64 %.2194.i to double
  %.2198.i = fmul double %.1092.i, %.2196.i
  %.2199.i = fptrunc double %.2198.i to float
  %"$phi1160.2.2.2.i" = select i1 %.2189.i, float %.2199.i, float 0.000000e+00
  br label %B648.if.i

B948.i:                                           ; preds = %B882.if.i, %B648.if.i
  %minimum.4.2.lcssa.i = phi float [ %minimum.6.2.i, %B648.if.i ], [ %minimum.5.3.i, %B882.if.i ]
  %mark.4.2.lcssa.i = phi i64 [ %mark.6.2.i, %B648.if.i ], [ %mark.5.3.i, %B882.if.i ]
  %22 = getelementptr float, ptr %20, i64 %.1339.01205.i
  %.2001.i = load float, ptr %22, align 4, !noalias !48
  %.2005.i = fadd float %minimum.4.2.lcssa.i, %.2001.i
  %23 = getelementptr float, ptr %here.2.sroa.36.01218.i, i64 %.1339.01205.i
  store float %.2005.i, ptr %23, align 4, !noalias !48
  %24 = getelementptr i8, ptr %21, i64 %.1339.01205.i
  %.2097.i = trunc i64 %mark.4.2.lcssa.i to i8
  store i8 %.2097.i, ptr %24, align 1, !noalias !48
  %25 = getelementptr float, ptr %arg.a2, i64 %.1339.01205.i
  %.2133.i = load float, ptr %25, align 4, !noalias !48
  %.2135.i = fadd float %.2005.i, %.2133.i
  %.2141.i = fcmp olt float %.2135.i, %left_here.2.11210.i
  br i1 %.2141.i, label %B1032.i, label %B1046.i

B1032.i:                                          ; preds = %B948.i
  %.2181.i = trunc i64 %.1339.01205.i to i32
  store i32 %.2181.i, ptr %.1312.i, align 4, !noalias !48
  br label %B1046.i

B1046.i:                                          ; preds = %B1032.i, %B948.i
  %left_here.3.2.i = phi float [ %.2135.i, %B1032.i ], [ %left_here.2.11210.i, %B948.i ]
  %26 = getelementptr float, ptr %arg.a5, i64 %.1339.01205.i
  %.2257.i = load float, ptr %26, align 4, !noalias !48
  %.2259.i = fadd float %.2005.i, %.2257.i
  %.2262.i = fadd float %"$phi1160.2.2.2.i", %.2259.i
  %.2268.i = fcmp olt float %.2262.i, %best.2.11209.i
  %column_last.4.2.i = select i1 %.2268.i, i64 %.1339.01205.i, i64 %column_last.3.11207.i
  %row_last.4.2.i = select i1 %.2268.i, i64 %.988.01216.i, i64 %row_last.3.11208.i
  %best.4.2.i = select i1 %.2268.i, float %.2262.i, float %best.2.11209.i
  %exitcond1229.not.i = icmp eq i64 %arg.a0_1, %.1409.i
  br i1 %exitcond1229.not.i, label %B1218.i, label %B648.if.i

B1218.i:                                          ; preds = %B1046.i, %B592.i
  %column_last.3.1.lcssa.i = phi i64 [ %column_last.2.01223.i, %B592.i ], [ %column_last.4.2.i, %B1046.i ]
  %row_last.3.1.lcssa.i = phi i64 [ %row_last.2.01224.i, %B592.i ], [ %row_last.4.2.i, %B1046.i ]
  %best.2.1.lcssa.i = phi float [ %best.3.01225.i, %B592.i ], [ %best.4.2.i, %B1046.i ]
  %left_here.2.1.lcssa.i = phi float [ 0x7FF0000000000000, %B592.i ], [ %left_here.3.2.i, %B1046.i ]
  %.2319.i = fadd float %pause.3.01220.i, %.293.i
  %.2327.i = fadd float %left.2.01221.i, %.293.i
  %.2331.i = fadd float %.2327.i, %.294.i
  %.2337.i = fcmp olt float %.2331.i, %.2319.i
  %.2344.i = add nsw i64 %.988.01216.i, -1
  %pause_row.3.1.i = select i1 %.2337.i, i64 %.2344.i, i64 %pause_row.2.01222.i
  %pause.4.1.i = select i1 %.2337.i, float %.2331.i, float %.2319.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_incref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  %exitcond1230.not.i = icmp eq i64 %.1058.i, %arg.a0_0
  br i1 %exitcond1230.not.i, label %B1292.i, label %B426.if.i

B1292.i:                                          ; preds = %B1218.i, %B370.i
  %column_last.2.0.lcssa.i = phi i64 [ 0, %B370.i ], [ %column_last.3.1.lcssa.i, %B1218.i ]
  %row_last.2.0.lcssa.i = phi i64 [ 0, %B370.i ], [ %row_last.3.1.lcssa.i, %B1218.i ]
  %best.3.0.lcssa.i = phi float [ 0x7FF0000000000000, %B370.i ], [ %best.2.1.lcssa.i, %B1218.i ]
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  store float %best.3.0.lcssa.i, ptr %arg.a15, align 4, !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  store i64 0, ptr %arg.a18, align 8, !noalias !48
  %.2581.i = fcmp oeq float %best.3.0.lcssa.i, 0x7FF0000000000000
  br i1 %.2581.i, label %B1324.i, label %B1342.i

B1324.i:                                          ; preds = %B1292.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  br label %_ZN11scorebridge7kernels7jumping9best_pathB3v21B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIhLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit

B1342.i:                                          ; preds = %B1292.i, %B1342.i.backedge
  %count.2.0.i = phi i64 [ %.2875.i, %B1342.i.backedge ], [ 0, %B1292.i ]
  %j.6.0.i = phi i64 [ %j.6.0.i.be, %B1342.i.backedge ], [ %column_last.2.0.lcssa.i, %B1292.i ]
  %i.5.0.i = phi i64 [ %i.5.0.i.be, %B1342.i.backedge ], [ %row_last.2.0.lcssa.i, %B1292.i ]
  %.2705.i = mul i64 %count.2.0.i, %arg.a16_1
  %.2709.i = getelementptr i32, ptr %arg.a16, i64 %.2705.i
  %.2710.i = trunc i64 %i.5.0.i to i32
  store i32 %.2710.i, ptr %.2709.i, align 4, !noalias !48
  %.2766.i = getelementptr i8, ptr %.2709.i, i64 4
  %.2767.i = trunc i64 %j.6.0.i to i32
  store i32 %.2767.i, ptr %.2766.i, align 4, !noalias !48
  %.2795.i = icmp slt i64 %i.5.0.i, 0
  %.2796.i = select i1 %.2795.i, i64 %arg.a12_0, i64 0
  %.2797.i = add i64 %.2796.i, %i.5.0.i
  %.2798.i = icmp slt i64 %j.6.0.i, 0
  %.2799.i = select i1 %.2798.i, i64 %arg.a12_1, i64 0
  %.2817.i = mul i64 %.2797.i, %arg.a12_1
  %27 = getelementptr i8, ptr %arg.a12, i64 %.2817.i
  %28 = getelementptr i8, ptr %27, i64 %j.6.0.i
  %.2821.i = getelementptr i8, ptr %28, i64 %.2799.i
  %.2822.i = load i8, ptr %.2821.i, align 1, !noalias !48
  %.2830.i = icmp ugt i8 %.2822.i, -4
  %.1194.i = zext i1 %.2830.i to i8
  %.2869.i = getelementptr i8, ptr %arg.a17, i64 %count.2.0.i
  store i8 %.1194.i, ptr %.2869.i, align 1, !noalias !48
  %.2875.i = add nuw nsw i64 %count.2.0.i, 1
  switch i8 %.2822.i, label %B1584.i [
    i8 -1, label %B1460.i
    i8 -3, label %B1484.i
    i8 -2, label %B1550.i
  ]

B1460.i:                                          ; preds = %B1342.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  store i64 %.2875.i, ptr %arg.a18, align 8, !noalias !48
  br label %_ZN11scorebridge7kernels7jumping9best_pathB3v21B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIhLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit

B1484.i:                                          ; preds = %B1342.i
  %.2954.i = select i1 %.2798.i, i64 %arg.a10_0, i64 0
  %29 = getelementptr i64, ptr %arg.a10, i64 %j.6.0.i
  %.2968.i = getelementptr i64, ptr %29, i64 %.2954.i
  %.2969.i = load i64, ptr %.2968.i, align 8, !noalias !48
  %.2998.i = select i1 %.2795.i, i64 %arg.a13_0, i64 0
  %.2999.i = add i64 %.2998.i, %i.5.0.i
  %.3000.i = icmp slt i64 %.2969.i, 0
  %.3001.i = select i1 %.3000.i, i64 %arg.a13_1, i64 0
  %.3019.i = mul i64 %.2999.i, %arg.a13_1
  %30 = getelementptr i32, ptr %arg.a13, i64 %.3019.i
  %31 = getelementptr i32, ptr %30, i64 %.2969.i
  %.3023.i = getelementptr i32, ptr %31, i64 %.3001.i
  %.3024.i = load i32, ptr %.3023.i, align 4, !noalias !48
  %.3027.i = sext i32 %.3024.i to i64
  %.3032.i = add nsw i64 %i.5.0.i, -1
  br label %B1342.i.backedge

B1550.i:                                          ; preds = %B1342.i
  %.3062.i = select i1 %.2795.i, i64 %arg.a14_1, i64 0
  %32 = getelementptr i32, ptr %.671.i, i64 %i.5.0.i
  %.3076.i = getelementptr i32, ptr %32, i64 %.3062.i
  %.3077.i = load i32, ptr %.3076.i, align 4, !noalias !48
  %.3080.i = sext i32 %.3077.i to i64
  %.3097.i = icmp slt i32 %.3077.i, 0
  %.3098.i = select i1 %.3097.i, i64 %arg.a14_1, i64 0
  %33 = getelementptr i32, ptr %arg.a14, i64 %.3098.i
  %.3112.i = getelementptr i32, ptr %33, i64 %.3080.i
  %.3113.i = load i32, ptr %.3112.i, align 4, !noalias !48
  %.3114.i = sext i32 %.3113.i to i64
  br label %B1342.i.backedge

B1584.i:                                          ; preds = %B1342.i
  %.2829.i = zext i8 %.2822.i to i64
  %.3119.i = add nsw i64 %i.5.0.i, -1
  %.3127.i = sub nsw i64 %j.6.0.i, %.2829.i
  br label %B1342.i.backedge

B1342.i.backedge:                                 ; preds = %B1584.i, %B1550.i, %B1484.i
  %j.6.0.i.be = phi i64 [ %.3027.i, %B1484.i ], [ %.3127.i, %B1584.i ], [ %.3114.i, %B1550.i ]
  %i.5.0.i.be = phi i64 [ %.3032.i, %B1484.i ], [ %.3119.i, %B1584.i ], [ %.3080.i, %B1550.i ]
  br label %B1342.i

B344.if.i:                                        ; preds = %B344.if.i, %B344.if.i.preheader.new
  %.750.01197.i = phi i64 [ 0, %B344.if.i.preheader.new ], [ %.821.i.7, %B344.if.i ]
  %niter = phi i64 [ 0, %B344.if.i.preheader.new ], [ %niter.next.7, %B344.if.i ]
  %.821.i = or disjoint i64 %.750.01197.i, 1
  %.875.i = getelementptr float, ptr %arg.a11, i64 %.750.01197.i
  store float 0x7FF0000000000000, ptr %.875.i, align 4, !noalias !48
  %.906.i = getelementptr float, ptr %.496.i, i64 %.750.01197.i
  store float 0x7FF0000000000000, ptr %.906.i, align 4, !noalias !48
  %.821.i.1 = or disjoint i64 %.750.01197.i, 2
  %.875.i.1 = getelementptr float, ptr %arg.a11, i64 %.821.i
  store float 0x7FF0000000000000, ptr %.875.i.1, align 4, !noalias !48
  %.906.i.1 = getelementptr float, ptr %.496.i, i64 %.821.i
  store float 0x7FF0000000000000, ptr %.906.i.1, align 4, !noalias !48
  %.821.i.2 = or disjoint i64 %.750.01197.i, 3
  %.875.i.2 = getelementptr float, ptr %arg.a11, i64 %.821.i.1
  store float 0x7FF0000000000000, ptr %.875.i.2, align 4, !noalias !48
  %.906.i.2 = getelementptr float, ptr %.496.i, i64 %.821.i.1
  store float 0x7FF0000000000000, ptr %.906.i.2, align 4, !noalias !48
  %.821.i.3 = or disjoint i64 %.750.01197.i, 4
  %.875.i.3 = getelementptr float, ptr %arg.a11, i64 %.821.i.2
  store float 0x7FF0000000000000, ptr %.875.i.3, align 4, !noalias !48
  %.906.i.3 = getelementptr float, ptr %.496.i, i64 %.821.i.2
  store float 0x7FF0000000000000, ptr %.906.i.3, align 4, !noalias !48
  %.821.i.4 = or disjoint i64 %.750.01197.i, 5
  %.875.i.4 = getelementptr float, ptr %arg.a11, i64 %.821.i.3
  store float 0x7FF0000000000000, ptr %.875.i.4, align 4, !noalias !48
  %.906.i.4 = getelementptr float, ptr %.496.i, i64 %.821.i.3
  store float 0x7FF0000000000000, ptr %.906.i.4, align 4, !noalias !48
  %.821.i.5 = or disjoint i64 %.750.01197.i, 6
  %.875.i.5 = getelementptr float, ptr %arg.a11, i64 %.821.i.4
  store float 0x7FF0000000000000, ptr %.875.i.5, align 4, !noalias !48
  %.906.i.5 = getelementptr float, ptr %.496.i, i64 %.821.i.4
  store float 0x7FF0000000000000, ptr %.906.i.5, align 4, !noalias !48
  %.821.i.6 = or disjoint i64 %.750.01197.i, 7
  %.875.i.6 = getelementptr float, ptr %arg.a11, i64 %.821.i.5
  store float 0x7FF0000000000000, ptr %.875.i.6, align 4, !noalias !48
  %.906.i.6 = getelementptr float, ptr %.496.i, i64 %.821.i.5
  store float 0x7FF0000000000000, ptr %.906.i.6, align 4, !noalias !48
  %.821.i.7 = add nuw nsw i64 %.750.01197.i, 8
  %.875.i.7 = getelementptr float, ptr %arg.a11, i64 %.821.i.6
  store float 0x7FF0000000000000, ptr %.875.i.7, align 4, !noalias !48
  %.906.i.7 = getelementptr float, ptr %.496.i, i64 %.821.i.6
  store float 0x7FF0000000000000, ptr %.906.i.7, align 4, !noalias !48
  %niter.next.7 = add i64 %niter, 8
  %niter.ncmp.7 = icmp eq i64 %niter.next.7, %unroll_iter
  br i1 %niter.ncmp.7, label %B370.i.loopexit.unr-lcssa, label %B344.if.i

B426.if.i:                                        ; preds = %B1218.i, %B426.if.lr.ph.i
  %best.3.01225.i = phi float [ 0x7FF0000000000000, %B426.if.lr.ph.i ], [ %best.2.1.lcssa.i, %B1218.i ]
  %row_last.2.01224.i = phi i64 [ 0, %B426.if.lr.ph.i ], [ %row_last.3.1.lcssa.i, %B1218.i ]
  %column_last.2.01223.i = phi i64 [ 0, %B426.if.lr.ph.i ], [ %column_last.3.1.lcssa.i, %B1218.i ]
  %pause_row.2.01222.i = phi i64 [ -1, %B426.if.lr.ph.i ], [ %pause_row.3.1.i, %B1218.i ]
  %left.2.01221.i = phi float [ 0x7FF0000000000000, %B426.if.lr.ph.i ], [ %left_here.2.1.lcssa.i, %B1218.i ]
  %pause.3.01220.i = phi float [ 0x7FF0000000000000, %B426.if.lr.ph.i ], [ %pause.4.1.i, %B1218.i ]
  %before.2.sroa.40.01219.i = phi ptr [ %arg.a11, %B426.if.lr.ph.i ], [ %here.2.sroa.36.01218.i, %B1218.i ]
  %here.2.sroa.36.01218.i = phi ptr [ %.426.i, %B426.if.lr.ph.i ], [ %before.2.sroa.40.01219.i, %B1218.i ]
  %.988.01216.i = phi i64 [ 0, %B426.if.lr.ph.i ], [ %.1058.i, %B1218.i ]
  %.1058.i = add nuw nsw i64 %.988.01216.i, 1
  %.1087.not.i = icmp eq i64 %.988.01216.i, 0
  %.1091.i = uitofp nneg i64 %.988.01216.i to double
  %.1093.i = fmul double %.1092.i, %.1091.i
  %.1094.i = fptrunc double %.1093.i to float
  %"$phi526.1.2.1.i" = select i1 %.1087.not.i, float 0.000000e+00, float %.1094.i
  br i1 %.1087.not.i, label %B592.i, label %B540.i

B648.if.i:                                        ; preds = %B1046.i, %B648.if.lr.ph.i
  %left_here.2.11210.i = phi float [ 0x7FF0000000000000, %B648.if.lr.ph.i ], [ %left_here.3.2.i, %B1046.i ]
  %best.2.11209.i = phi float [ %best.3.01225.i, %B648.if.lr.ph.i ], [ %best.4.2.i, %B1046.i ]
  %row_last.3.11208.i = phi i64 [ %row_last.2.01224.i, %B648.if.lr.ph.i ], [ %row_last.4.2.i, %B1046.i ]
  %column_last.3.11207.i = phi i64 [ %column_last.2.01223.i, %B648.if.lr.ph.i ], [ %column_last.4.2.i, %B1046.i ]
  %.1339.01205.i = phi i64 [ 0, %B648.if.lr.ph.i ], [ %.1409.i, %B1046.i ]
  %.1409.i = add nuw nsw i64 %.1339.01205.i, 1
  %34 = getelementptr float, ptr %arg.a4, i64 %.1339.01205.i
  %.1467.i = load float, ptr %34, align 4, !noalias !48
  %.1469.i = fadd float %"$phi526.1.2.1.i", %.1467.i
  %35 = getelementptr float, ptr %.496.i, i64 %.1339.01205.i
  %.1506.i = load float, ptr %35, align 4, !noalias !48
  %.1508.i = fcmp ugt float %.1506.i, %pause.3.01220.i
  %pause.3.0..1506.i = select i1 %.1508.i, float %pause.3.01220.i, float %.1506.i
  %36 = getelementptr float, ptr %arg.a3, i64 %.1339.01205.i
  %.1589.i = load float, ptr %36, align 4, !noalias !48
  %.1591.i = fadd float %.1589.i, %pause.3.0..1506.i
  %.1599.i = fcmp olt float %.1591.i, %.1469.i
  %..i = select i1 %.1508.i, i64 254, i64 253
  %minimum.6.2.i = select i1 %.1599.i, float %.1591.i, float %.1469.i
  %mark.6.2.i = select i1 %.1599.i, i64 %..i, i64 255
  br i1 %.17891198.not.i, label %B948.i, label %B882.if.preheader.i

B882.if.preheader.i:                              ; preds = %B648.if.i
  %.13.i.i = tail call i64 @llvm.smin.i64(i64 %.1409.i, i64 %arg.a1_0)
  br label %B882.if.i

B882.if.i:                                        ; preds = %B882.if.i, %B882.if.preheader.i
  %mark.4.21202.i = phi i64 [ %mark.5.3.i, %B882.if.i ], [ %mark.6.2.i, %B882.if.preheader.i ]
  %minimum.4.21201.i = phi float [ %minimum.5.3.i, %B882.if.i ], [ %minimum.6.2.i, %B882.if.preheader.i ]
  %.1736.01200.i = phi i64 [ %.1798.i, %B882.if.i ], [ %.13.i.i, %B882.if.preheader.i ]
  %.1733.01199.i = phi i64 [ %.1802.i, %B882.if.i ], [ 0, %B882.if.preheader.i ]
  %.1798.i = add nsw i64 %.1736.01200.i, -1
  %.1802.i = add nuw nsw i64 %.1733.01199.i, 1
  %.1842.i = sub nsw i64 %.1339.01205.i, %.1733.01199.i
  %.1856.i = icmp slt i64 %.1842.i, 0
  %.1857.i = select i1 %.1856.i, i64 %arg.a11_1, i64 0
  %37 = getelementptr float, ptr %before.2.sroa.40.01219.i, i64 %.1842.i
  %.1871.i = getelementptr float, ptr %37, i64 %.1857.i
  %.1872.i = load float, ptr %.1871.i, align 4, !noalias !48
  %38 = getelementptr float, ptr %arg.a1, i64 %.1733.01199.i
  %.1903.i = load float, ptr %38, align 4, !noalias !48
  %.1904.i = fadd float %.1872.i, %.1903.i
  %.1910.i = fcmp olt float %.1904.i, %minimum.4.21201.i
  %minimum.5.3.i = select i1 %.1910.i, float %.1904.i, float %minimum.4.21201.i
  %mark.5.3.i = select i1 %.1910.i, i64 %.1733.01199.i, i64 %mark.4.21202.i
  %.1789.i = icmp sgt i64 %.1736.01200.i, 1
  br i1 %.1789.i, label %B882.if.i, label %B948.i

_ZN11scorebridge7kernels7jumping9best_pathB3v21B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIhLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE.exit: ; preds = %B1324.i, %B1460.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !48
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
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
  br i1 %.4, label %common.ret, label %.3.endif, !prof !56

common.ret:                                       ; preds = %.3.endif, %.3.endif.if, %.3
  ret void

.3.endif:                                         ; preds = %.3
  fence release
  %.4.i = atomicrmw sub ptr %.1, i64 1 monotonic, align 8
  %.10 = icmp eq i64 %.4.i, 1
  br i1 %.10, label %.3.endif.if, label %common.ret, !prof !56

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
  br i1 %.4, label %common.ret, label %.3.endif, !prof !56

common.ret:                                       ; preds = %.3, %.3.endif
  ret void

.3.endif:                                         ; preds = %.3
  %.4.i = atomicrmw add ptr %.1, i64 1 monotonic, align 8
  br label %common.ret
}

define ptr @best_path(ptr readonly captures(none) %.1, i64 %.2, i64 %.3, ptr readonly captures(none) %.4, i64 %.5, ptr readonly captures(none) %.6, i64 %.7, ptr readonly captures(none) %.8, i64 %.9, ptr readonly captures(none) %.10, i64 %.11, ptr readonly captures(none) %.12, i64 %.13, double %.14, double %.15, double %.16, ptr readonly captures(none) %.17, i64 %.18, ptr readonly captures(none) %.19, i64 %.20, ptr captures(none) %.21, i64 %.22, i64 %.23, ptr captures(none) %.24, i64 %.25, i64 %.26, ptr captures(none) %.27, i64 %.28, i64 %.29, ptr captures(none) %.30, i64 %.31, i64 %.32, ptr writeonly captures(none) %.33, i64 %.34, ptr writeonly captures(none) %.35, i64 %.36, i64 %.37, ptr writeonly captures(none) %.38, i64 %.39, ptr writeonly captures(none) %.40, i64 %.41) local_unnamed_addr {
entry:
  %.43 = alloca ptr, align 8
  store ptr null, ptr %.43, align 8
  call fastcc void @_ZN13_3cdynamic_3e5entryB3v19B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float32_2axx10float32_2ax10float32_2ax10float32_2ax10float32_2ax10float32_2axddd8int64_2ax8int64_2ax10float32_2axx8uint8_2axx8int32_2axx8int32_2axx10float32_2ax8int32_2axx8uint8_2ax8int64_2ax(ptr %.43, ptr %.1, i64 %.2, i64 %.3, ptr %.4, i64 %.5, ptr %.6, ptr %.8, ptr %.10, ptr %.12, double %.14, double %.15, double %.16, ptr %.17, i64 %.18, ptr %.19, i64 %.20, ptr %.21, i64 %.23, ptr %.24, i64 %.25, i64 %.26, ptr %.27, i64 %.28, i64 %.29, ptr %.30, i64 %.32, ptr %.33, ptr %.35, i64 %.37, ptr %.38, ptr %.40) #0
  %.57 = load ptr, ptr %.43, align 8
  ret ptr %.57
}

define internal fastcc void @_ZN13_3cdynamic_3e5entryB3v23B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float32_2axx10float64_2ax10float64_2ax10float64_2ax10float64_2ax10float64_2ax10float64_2axdd10float64_2axx10float64_2axx10float32_2axx10float32_2ax(ptr noalias nonnull writeonly captures(none) %retptr, ptr readonly captures(none) %arg.a0, i64 %arg.a0_0, i64 %arg.a0_1, ptr readonly captures(none) %arg.a1, i64 %arg.a1_0, ptr readonly captures(none) %arg.a2, ptr readonly captures(none) %arg.a3, ptr readonly captures(none) %arg.a4, ptr readonly captures(none) %arg.a5, ptr readonly captures(none) %arg.a6, double %arg.a7, double %arg.a8, ptr captures(none) %arg.a9, i64 %arg.a9_1, ptr captures(none) %arg.a10, i64 %arg.a10_1, ptr captures(none) %arg.a11, i64 %arg.a11_1, ptr writeonly captures(none) %arg.a12) unnamed_addr {
entry:
  tail call fastcc void @NRT_incref(ptr null), !noalias !57
  tail call fastcc void @NRT_decref(ptr null), !noalias !57
  tail call fastcc void @NRT_incref(ptr null), !noalias !60
  tail call fastcc void @NRT_decref(ptr null), !noalias !60
  tail call fastcc void @NRT_incref(ptr null), !noalias !63
  tail call fastcc void @NRT_decref(ptr null), !noalias !63
  tail call fastcc void @NRT_incref(ptr null), !noalias !66
  tail call fastcc void @NRT_decref(ptr null), !noalias !66
  tail call fastcc void @NRT_incref(ptr null), !noalias !69
  tail call fastcc void @NRT_decref(ptr null), !noalias !69
  tail call fastcc void @NRT_incref(ptr null), !noalias !72
  tail call fastcc void @NRT_decref(ptr null), !noalias !72
  tail call fastcc void @NRT_incref(ptr null), !noalias !75
  tail call fastcc void @NRT_decref(ptr null), !noalias !75
  tail call fastcc void @NRT_incref(ptr null), !noalias !78
  tail call fastcc void @NRT_decref(ptr null), !noalias !78
  tail call fastcc void @NRT_incref(ptr null), !noalias !81
  tail call fastcc void @NRT_decref(ptr null), !noalias !81
  tail call fastcc void @NRT_incref(ptr null), !noalias !84
  tail call fastcc void @NRT_decref(ptr null), !noalias !84
  tail call fastcc void @NRT_incref(ptr null), !noalias !87
  tail call fastcc void @NRT_decref(ptr null), !noalias !87
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  %.320.i = getelementptr double, ptr %arg.a9, i64 %arg.a9_1
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  %.390.idx.i = shl i64 %arg.a9_1, 4
  %.390.i = getelementptr i8, ptr %arg.a9, i64 %.390.idx.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  %.460.idx.i = mul i64 %arg.a9_1, 24
  %.460.i = getelementptr i8, ptr %arg.a9, i64 %.460.idx.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  %.530.idx.i = shl i64 %arg.a9_1, 5
  %.530.i = getelementptr i8, ptr %arg.a9, i64 %.530.idx.i
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  %.8562043.not.i = icmp slt i64 %arg.a0_1, 1
  br i1 %.8562043.not.i, label %B168.i, label %B152.if.i.preheader

B152.if.i.preheader:                              ; preds = %entry
  %0 = shl nuw i64 %arg.a0_1, 3
  tail call void @llvm.memset.p0.i64(ptr align 8 %.320.i, i8 0, i64 %0, i1 false), !noalias !90
  br label %B168.i

B168.i:                                           ; preds = %B152.if.i.preheader, %entry
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  %.10582069.not.i = icmp slt i64 %arg.a0_0, 1
  br i1 %.10582069.not.i, label %B1112.i, label %B200.if.lr.ph.i

B200.if.lr.ph.i:                                  ; preds = %B168.i
  %.129170.not.i.i = icmp slt i64 %arg.a9_1, 1
  %.13.i.i = tail call i64 @llvm.smin.i64(i64 %arg.a0_1, i64 %arg.a1_0)
  %.18202058.not.i = icmp slt i64 %.13.i.i, 1
  %1 = getelementptr double, ptr %arg.a10, i64 %arg.a10_1
  %.idx2010.i = shl i64 %arg.a10_1, 4
  %2 = getelementptr i8, ptr %arg.a10, i64 %.idx2010.i
  %3 = add i64 %arg.a0_1, -1
  %xtraiter = and i64 %arg.a0_1, 3
  %4 = icmp ult i64 %3, 3
  %unroll_iter = and i64 %arg.a0_1, 9223372036854775804
  %lcmp.mod.not = icmp eq i64 %xtraiter, 0
  %lcmp.mod3 = icmp ne i64 %xtraiter, 0
  %xtraiter4 = and i64 %arg.a9_1, 7
  %5 = icmp ult i64 %arg.a9_1, 8
  %unroll_iter8 = and i64 %arg.a9_1, 9223372036854775800
  %lcmp.mod6.not = icmp eq i64 %xtraiter4, 0
  %lcmp.mod7 = icmp ne i64 %xtraiter4, 0
  %xtraiter10 = and i64 %arg.a0_1, 3
  %6 = icmp ult i64 %3, 3
  %unroll_iter14 = and i64 %arg.a0_1, 9223372036854775804
  %lcmp.mod12.not = icmp eq i64 %xtraiter10, 0
  %lcmp.mod13 = icmp ne i64 %xtraiter10, 0
  %xtraiter18 = and i64 %arg.a0_1, 3
  %7 = icmp ult i64 %3, 3
  %unroll_iter23 = and i64 %arg.a0_1, 9223372036854775804
  %lcmp.mod20.not = icmp eq i64 %xtraiter18, 0
  %lcmp.mod22 = icmp ne i64 %xtraiter18, 0
  %xtraiter25 = and i64 %arg.a0_1, 3
  %8 = icmp ult i64 %3, 3
  %unroll_iter29 = and i64 %arg.a0_1, 9223372036854775804
  %lcmp.mod27.not = icmp eq i64 %xtraiter25, 0
  %lcmp.mod28 = icmp ne i64 %xtraiter25, 0
  br label %B200.if.i

B350.i.loopexit.unr-lcssa:                        ; preds = %B242.if.i
  br i1 %lcmp.mod.not, label %B350.i, label %B242.if.i.epil.preheader

B242.if.i.epil.preheader:                         ; preds = %B350.i.loopexit.unr-lcssa, %B242.if.i.preheader
  %ended.2.12050.i.epil.init = phi double [ 0.000000e+00, %B242.if.i.preheader ], [ %.1410.i.3, %B350.i.loopexit.unr-lcssa ]
  %left.2.12049.i.epil.init = phi double [ 0.000000e+00, %B242.if.i.preheader ], [ %.1345.i.3, %B350.i.loopexit.unr-lcssa ]
  %.1129.02048.i.epil.init = phi i64 [ 0, %B242.if.i.preheader ], [ %.1198.i.3, %B350.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod3)
  br label %B242.if.i.epil

B242.if.i.epil:                                   ; preds = %B242.if.i.epil, %B242.if.i.epil.preheader
  %ended.2.12050.i.epil = phi double [ %.1410.i.epil, %B242.if.i.epil ], [ %ended.2.12050.i.epil.init, %B242.if.i.epil.preheader ]
  %left.2.12049.i.epil = phi double [ %.1345.i.epil, %B242.if.i.epil ], [ %left.2.12049.i.epil.init, %B242.if.i.epil.preheader ]
  %.1129.02048.i.epil = phi i64 [ %.1198.i.epil, %B242.if.i.epil ], [ %.1129.02048.i.epil.init, %B242.if.i.epil.preheader ]
  %epil.iter = phi i64 [ %epil.iter.next, %B242.if.i.epil ], [ 0, %B242.if.i.epil.preheader ]
  %.1198.i.epil = add nuw nsw i64 %.1129.02048.i.epil, 1
  %9 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.1129.02048.i.epil
  %.1252.i.epil = load double, ptr %9, align 8, !noalias !90
  %10 = getelementptr double, ptr %arg.a2, i64 %.1129.02048.i.epil
  %.1282.i.epil = load double, ptr %10, align 8, !noalias !90
  %.1283.i.epil = fmul double %.1252.i.epil, %.1282.i.epil
  %11 = getelementptr double, ptr %.390.i, i64 %.1129.02048.i.epil
  store double %.1283.i.epil, ptr %11, align 8, !noalias !90
  %.1345.i.epil = fadd double %left.2.12049.i.epil, %.1283.i.epil
  %.1377.i.epil = load double, ptr %9, align 8, !noalias !90
  %12 = getelementptr double, ptr %arg.a5, i64 %.1129.02048.i.epil
  %.1407.i.epil = load double, ptr %12, align 8, !noalias !90
  %.1408.i.epil = fmul double %.1377.i.epil, %.1407.i.epil
  %.1410.i.epil = fadd double %ended.2.12050.i.epil, %.1408.i.epil
  %epil.iter.next = add i64 %epil.iter, 1
  %epil.iter.cmp.not = icmp eq i64 %epil.iter.next, %xtraiter
  br i1 %epil.iter.cmp.not, label %B350.i, label %B242.if.i.epil, !llvm.loop !93

B350.i:                                           ; preds = %B350.i.loopexit.unr-lcssa, %B242.if.i.epil, %B200.if.i
  %left.2.1.lcssa.i = phi double [ 0.000000e+00, %B200.if.i ], [ %.1345.i.3, %B350.i.loopexit.unr-lcssa ], [ %.1345.i.epil, %B242.if.i.epil ]
  %ended.2.1.lcssa.i = phi double [ 0.000000e+00, %B200.if.i ], [ %.1410.i.3, %B350.i.loopexit.unr-lcssa ], [ %.1410.i.epil, %B242.if.i.epil ]
  tail call fastcc void @NRT_incref(ptr null), !noalias !94
  tail call fastcc void @NRT_incref(ptr null), !noalias !94
  br i1 %.129170.not.i.i, label %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i, label %B64.if.i.i.preheader

B64.if.i.i.preheader:                             ; preds = %B350.i
  br i1 %5, label %B64.if.i.i.epil.preheader, label %B64.if.i.i

B64.if.i.i:                                       ; preds = %B64.if.i.i.preheader, %B64.if.i.i
  %carried.3.0173.i.i = phi double [ %.200.i.i.7, %B64.if.i.i ], [ 0.000000e+00, %B64.if.i.i.preheader ]
  %.71.0171.i.i = phi i64 [ %.142.i.i.7, %B64.if.i.i ], [ 0, %B64.if.i.i.preheader ]
  %niter9 = phi i64 [ %niter9.next.7, %B64.if.i.i ], [ 0, %B64.if.i.i.preheader ]
  %.142.i.i = or disjoint i64 %.71.0171.i.i, 1
  %.169.i.i = fmul double %arg.a8, %carried.3.0173.i.i
  %13 = getelementptr double, ptr %.390.i, i64 %.71.0171.i.i
  %.199.i.i = load double, ptr %13, align 8, !noalias !94
  %.200.i.i = fadd double %.169.i.i, %.199.i.i
  %14 = getelementptr double, ptr %.460.i, i64 %.71.0171.i.i
  store double %.200.i.i, ptr %14, align 8, !noalias !94
  %.142.i.i.1 = or disjoint i64 %.71.0171.i.i, 2
  %.169.i.i.1 = fmul double %arg.a8, %.200.i.i
  %15 = getelementptr double, ptr %.390.i, i64 %.142.i.i
  %.199.i.i.1 = load double, ptr %15, align 8, !noalias !94
  %.200.i.i.1 = fadd double %.169.i.i.1, %.199.i.i.1
  %16 = getelementptr double, ptr %.460.i, i64 %.142.i.i
  store double %.200.i.i.1, ptr %16, align 8, !noalias !94
  %.142.i.i.2 = or disjoint i64 %.71.0171.i.i, 3
  %.169.i.i.2 = fmul double %arg.a8, %.200.i.i.1
  %17 = getelementptr double, ptr %.390.i, i64 %.142.i.i.1
  %.199.i.i.2 = load double, ptr %17, align 8, !noalias !94
  %.200.i.i.2 = fadd double %.169.i.i.2, %.199.i.i.2
  %18 = getelementptr double, ptr %.460.i, i64 %.142.i.i.1
  store double %.200.i.i.2, ptr %18, align 8, !noalias !94
  %.142.i.i.3 = or disjoint i64 %.71.0171.i.i, 4
  %.169.i.i.3 = fmul double %arg.a8, %.200.i.i.2
  %19 = getelementptr double, ptr %.390.i, i64 %.142.i.i.2
  %.199.i.i.3 = load double, ptr %19, align 8, !noalias !94
  %.200.i.i.3 = fadd double %.169.i.i.3, %.199.i.i.3
  %20 = getelementptr double, ptr %.460.i, i64 %.142.i.i.2
  store double %.200.i.i.3, ptr %20, align 8, !noalias !94
  %.142.i.i.4 = or disjoint i64 %.71.0171.i.i, 5
  %.169.i.i.4 = fmul double %arg.a8, %.200.i.i.3
  %21 = getelementptr double, ptr %.390.i, i64 %.142.i.i.3
  %.199.i.i.4 = load double, ptr %21, align 8, !noalias !94
  %.200.i.i.4 = fadd double %.169.i.i.4, %.199.i.i.4
  %22 = getelementptr double, ptr %.460.i, i64 %.142.i.i.3
  store double %.200.i.i.4, ptr %22, align 8, !noalias !94
  %.142.i.i.5 = or disjoint i64 %.71.0171.i.i, 6
  %.169.i.i.5 = fmul double %arg.a8, %.200.i.i.4
  %23 = getelementptr double, ptr %.390.i, i64 %.142.i.i.4
  %.199.i.i.5 = load double, ptr %23, align 8, !noalias !94
  %.200.i.i.5 = fadd double %.169.i.i.5, %.199.i.i.5
  %24 = getelementptr double, ptr %.460.i, i64 %.142.i.i.4
  store double %.200.i.i.5, ptr %24, align 8, !noalias !94
  %.142.i.i.6 = or disjoint i64 %.71.0171.i.i, 7
  %.169.i.i.6 = fmul double %arg.a8, %.200.i.i.5
  %25 = getelementptr double, ptr %.390.i, i64 %.142.i.i.5
  %.199.i.i.6 = load double, ptr %25, align 8, !noalias !94
  %.200.i.i.6 = fadd double %.169.i.i.6, %.199.i.i.6
  %26 = getelementptr double, ptr %.460.i, i64 %.142.i.i.5
  store double %.200.i.i.6, ptr %26, align 8, !noalias !94
  %.142.i.i.7 = add nuw nsw i64 %.71.0171.i.i, 8
  %.169.i.i.7 = fmul double %arg.a8, %.200.i.i.6
  %27 = getelementptr double, ptr %.390.i, i64 %.142.i.i.6
  %.199.i.i.7 = load double, ptr %27, align 8, !noalias !94
  %.200.i.i.7 = fadd double %.169.i.i.7, %.199.i.i.7
  %28 = getelementptr double, ptr %.460.i, i64 %.142.i.i.6
  store double %.200.i.i.7, ptr %28, align 8, !noalias !94
  %niter9.next.7 = add i64 %niter9, 8
  %niter9.ncmp.7 = icmp eq i64 %niter9.next.7, %unroll_iter8
  br i1 %niter9.ncmp.7, label %B178.if.i.i.preheader.unr-lcssa, label %B64.if.i.i

B178.if.i.i.preheader.unr-lcssa:                  ; preds = %B64.if.i.i
  br i1 %lcmp.mod6.not, label %B178.if.i.i.preheader, label %B64.if.i.i.epil.preheader

B64.if.i.i.epil.preheader:                        ; preds = %B178.if.i.i.preheader.unr-lcssa, %B64.if.i.i.preheader
  %carried.3.0173.i.i.epil.init = phi double [ 0.000000e+00, %B64.if.i.i.preheader ], [ %.200.i.i.7, %B178.if.i.i.preheader.unr-lcssa ]
  %.71.0171.i.i.epil.init = phi i64 [ 0, %B64.if.i.i.preheader ], [ %.142.i.i.7, %B178.if.i.i.preheader.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod7)
  br label %B64.if.i.i.epil

B64.if.i.i.epil:                                  ; preds = %B64.if.i.i.epil, %B64.if.i.i.epil.preheader
  %carried.3.0173.i.i.epil = phi double [ %.200.i.i.epil, %B64.if.i.i.epil ], [ %carried.3.0173.i.i.epil.init, %B64.if.i.i.epil.preheader ]
  %.71.0171.i.i.epil = phi i64 [ %.142.i.i.epil, %B64.if.i.i.epil ], [ %.71.0171.i.i.epil.init, %B64.if.i.i.epil.preheader ]
  %epil.iter5 = phi i64 [ %epil.iter5.next, %B64.if.i.i.epil ], [ 0, %B64.if.i.i.epil.preheader ]
  %.142.i.i.epil = add nuw nsw i64 %.71.0171.i.i.epil, 1
  %.169.i.i.epil = fmul double %arg.a8, %carried.3.0173.i.i.epil
  %29 = getelementptr double, ptr %.390.i, i64 %.71.0171.i.i.epil
  %.199.i.i.epil = load double, ptr %29, align 8, !noalias !94
  %.200.i.i.epil = fadd double %.169.i.i.epil, %.199.i.i.epil
  %30 = getelementptr double, ptr %.460.i, i64 %.71.0171.i.i.epil
  store double %.200.i.i.epil, ptr %30, align 8, !noalias !94
  %epil.iter5.next = add i64 %epil.iter5, 1
  %epil.iter5.cmp.not = icmp eq i64 %epil.iter5.next, %xtraiter4
  br i1 %epil.iter5.cmp.not, label %B178.if.i.i.preheader, label %B64.if.i.i.epil, !llvm.loop !97

B178.if.i.i.preheader:                            ; preds = %B64.if.i.i.epil, %B178.if.i.i.preheader.unr-lcssa
  br label %B178.if.i.i

B178.if.i.i:                                      ; preds = %B178.if.i.i.preheader, %B178.if.i.i
  %carried.1.2.0177.i.i = phi double [ %.466.i.i, %B178.if.i.i ], [ 0.000000e+00, %B178.if.i.i.preheader ]
  %.280.0176.i.i = phi i64 [ %.342.i.i, %B178.if.i.i ], [ %arg.a9_1, %B178.if.i.i.preheader ]
  %.342.i.i = add nsw i64 %.280.0176.i.i, -1
  %31 = getelementptr double, ptr %.460.i, i64 %.342.i.i
  %.400.i.i = load double, ptr %31, align 8, !noalias !94
  %.402.i.i = fadd double %carried.1.2.0177.i.i, %.400.i.i
  store double %.402.i.i, ptr %31, align 8, !noalias !94
  %32 = getelementptr double, ptr %.390.i, i64 %.342.i.i
  %.462.i.i = load double, ptr %32, align 8, !noalias !94
  %.464.i.i = fadd double %carried.1.2.0177.i.i, %.462.i.i
  %.466.i.i = fmul double %arg.a8, %.464.i.i
  %.333.i.i = icmp sgt i64 %.280.0176.i.i, 1
  br i1 %.333.i.i, label %B178.if.i.i, label %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i

_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i: ; preds = %B178.if.i.i, %B350.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !94
  tail call fastcc void @NRT_decref(ptr null), !noalias !94
  br i1 %.8562043.not.i, label %B494.i, label %B418.if.i.preheader

B418.if.i.preheader:                              ; preds = %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i
  br i1 %6, label %B418.if.i.epil.preheader, label %B418.if.i

B494.i.loopexit.unr-lcssa:                        ; preds = %B418.if.i
  br i1 %lcmp.mod12.not, label %B494.i, label %B418.if.i.epil.preheader

B418.if.i.epil.preheader:                         ; preds = %B494.i.loopexit.unr-lcssa, %B418.if.i.preheader
  %.1477.02053.i.epil.init = phi i64 [ 0, %B418.if.i.preheader ], [ %.1546.i.3, %B494.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod13)
  br label %B418.if.i.epil

B418.if.i.epil:                                   ; preds = %B418.if.i.epil, %B418.if.i.epil.preheader
  %.1477.02053.i.epil = phi i64 [ %.1546.i.epil, %B418.if.i.epil ], [ %.1477.02053.i.epil.init, %B418.if.i.epil.preheader ]
  %epil.iter11 = phi i64 [ %epil.iter11.next, %B418.if.i.epil ], [ 0, %B418.if.i.epil.preheader ]
  %.1546.i.epil = add nuw nsw i64 %.1477.02053.i.epil, 1
  %33 = getelementptr double, ptr %arg.a4, i64 %.1477.02053.i.epil
  %.1600.i.epil = load double, ptr %33, align 8, !noalias !90
  %.1602.i.epil = fmul double %waiting.3.02074.i, %.1600.i.epil
  %34 = getelementptr double, ptr %.460.i, i64 %.1477.02053.i.epil
  %.1632.i.epil = load double, ptr %34, align 8, !noalias !90
  %.1634.i.epil = fadd double %between.3.02075.i, %.1632.i.epil
  %35 = getelementptr double, ptr %arg.a3, i64 %.1477.02053.i.epil
  %.1664.i.epil = load double, ptr %35, align 8, !noalias !90
  %.1665.i.epil = fmul double %.1634.i.epil, %.1664.i.epil
  %.1666.i.epil = fadd double %.1602.i.epil, %.1665.i.epil
  %36 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1477.02053.i.epil
  store double %.1666.i.epil, ptr %36, align 8, !noalias !90
  %epil.iter11.next = add i64 %epil.iter11, 1
  %epil.iter11.cmp.not = icmp eq i64 %epil.iter11.next, %xtraiter10
  br i1 %epil.iter11.cmp.not, label %B494.i, label %B418.if.i.epil, !llvm.loop !98

B494.i:                                           ; preds = %B494.i.loopexit.unr-lcssa, %B418.if.i.epil, %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i
  br i1 %.18202058.not.i, label %B724.preheader.i, label %B578.if.i

B578.loopexit.i:                                  ; preds = %B630.if.i.prol.loopexit, %B630.if.i, %B578.if.i
  %indvars.iv.next.i = add i64 %indvars.iv.i, -1
  %exitcond2123.not.i = icmp eq i64 %.13.i.i, %.1833.i
  br i1 %exitcond2123.not.i, label %B724.preheader.i, label %B578.if.i

B724.preheader.i:                                 ; preds = %B578.loopexit.i, %B494.i
  br i1 %.8562043.not.i, label %B800.i, label %B724.if.lr.ph.i

B724.if.lr.ph.i:                                  ; preds = %B724.preheader.i
  %.2324.i = mul i64 %.1001.02071.i, %arg.a0_1
  %37 = getelementptr float, ptr %arg.a0, i64 %.2324.i
  br i1 %7, label %B724.if.i.epil.preheader, label %B724.if.i

B800.i.loopexit.unr-lcssa:                        ; preds = %B724.if.i
  br i1 %lcmp.mod20.not, label %B800.i, label %B724.if.i.epil.preheader

B724.if.i.epil.preheader:                         ; preds = %B800.i.loopexit.unr-lcssa, %B724.if.lr.ph.i
  %total.6.12064.i.epil.init = phi double [ 0.000000e+00, %B724.if.lr.ph.i ], [ %.2395.i.3, %B800.i.loopexit.unr-lcssa ]
  %.2153.02062.i.epil.init = phi i64 [ 0, %B724.if.lr.ph.i ], [ %.2222.i.3, %B800.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod22)
  br label %B724.if.i.epil

B724.if.i.epil:                                   ; preds = %B724.if.i.epil, %B724.if.i.epil.preheader
  %total.6.12064.i.epil = phi double [ %total.6.12064.i.epil.init, %B724.if.i.epil.preheader ], [ %.2395.i.epil, %B724.if.i.epil ]
  %.2153.02062.i.epil = phi i64 [ %.2153.02062.i.epil.init, %B724.if.i.epil.preheader ], [ %.2222.i.epil, %B724.if.i.epil ]
  %epil.iter19 = phi i64 [ 0, %B724.if.i.epil.preheader ], [ %epil.iter19.next, %B724.if.i.epil ]
  %.2222.i.epil = add nuw nsw i64 %.2153.02062.i.epil, 1
  %38 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2153.02062.i.epil
  %.2276.i.epil = load double, ptr %38, align 8, !noalias !90
  %39 = getelementptr float, ptr %37, i64 %.2153.02062.i.epil
  %.2329.i.epil = load float, ptr %39, align 4, !noalias !90
  %.2332.i.epil = fpext float %.2329.i.epil to double
  %.2333.i.epil = fmul double %.2276.i.epil, %.2332.i.epil
  store double %.2333.i.epil, ptr %38, align 8, !noalias !90
  %.2395.i.epil = fadd double %total.6.12064.i.epil, %.2333.i.epil
  %epil.iter19.next = add i64 %epil.iter19, 1
  %epil.iter19.cmp.not = icmp eq i64 %epil.iter19.next, %xtraiter18
  br i1 %epil.iter19.cmp.not, label %B800.i, label %B724.if.i.epil, !llvm.loop !99

B800.i:                                           ; preds = %B800.i.loopexit.unr-lcssa, %B724.if.i.epil, %B724.preheader.i
  %total.6.1.lcssa.i = phi double [ 0.000000e+00, %B724.preheader.i ], [ %.2395.i.3, %B800.i.loopexit.unr-lcssa ], [ %.2395.i.epil, %B724.if.i.epil ]
  %40 = getelementptr double, ptr %arg.a6, i64 %.1001.02071.i
  %.2433.i = load double, ptr %40, align 8, !noalias !90
  %.2435.i = fmul double %waiting.3.02074.i, %.2433.i
  %.2440.i = fmul double %arg.a7, %left.2.1.lcssa.i
  %.2444.i = fadd double %between.3.02075.i, %.2440.i
  %.2478.i = fmul double %.2444.i, %.2433.i
  %.2481.i = fadd double %after.3.02076.i, %ended.2.1.lcssa.i
  %.2517.i = fmul double %.2481.i, %.2433.i
  %.2529.i = fadd double %.2435.i, %.2478.i
  %.2531.i = fadd double %.2517.i, %.2529.i
  %.2533.i = fadd double %total.6.1.lcssa.i, %.2531.i
  %.2541.i = fcmp ogt double %.2533.i, 0.000000e+00
  %.2547.i = fdiv double 1.000000e+00, %.2533.i
  %"$phi930.1.2.1.i" = select i1 %.2541.i, double %.2547.i, double 0.000000e+00
  br i1 %.8562043.not.i, label %B1026.i, label %B962.if.lr.ph.i

B962.if.lr.ph.i:                                  ; preds = %B800.i
  %.2822.i = mul i64 %.1001.02071.i, %arg.a11_1
  %41 = getelementptr float, ptr %arg.a11, i64 %.2822.i
  br i1 %8, label %B962.if.i.epil.preheader, label %B962.if.i

B1026.i.loopexit.unr-lcssa:                       ; preds = %B962.if.i
  br i1 %lcmp.mod27.not, label %B1026.i, label %B962.if.i.epil.preheader

B962.if.i.epil.preheader:                         ; preds = %B1026.i.loopexit.unr-lcssa, %B962.if.lr.ph.i
  %.2589.02067.i.epil.init = phi i64 [ 0, %B962.if.lr.ph.i ], [ %.2658.i.3, %B1026.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod28)
  br label %B962.if.i.epil

B962.if.i.epil:                                   ; preds = %B962.if.i.epil, %B962.if.i.epil.preheader
  %.2589.02067.i.epil = phi i64 [ %.2589.02067.i.epil.init, %B962.if.i.epil.preheader ], [ %.2658.i.epil, %B962.if.i.epil ]
  %epil.iter26 = phi i64 [ 0, %B962.if.i.epil.preheader ], [ %epil.iter26.next, %B962.if.i.epil ]
  %.2658.i.epil = add nuw nsw i64 %.2589.02067.i.epil, 1
  %42 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2589.02067.i.epil
  %.2712.i.epil = load double, ptr %42, align 8, !noalias !90
  %.2714.i.epil = fmul double %"$phi930.1.2.1.i", %.2712.i.epil
  store double %.2714.i.epil, ptr %42, align 8, !noalias !90
  %43 = getelementptr float, ptr %41, i64 %.2589.02067.i.epil
  %.2827.i.epil = fptrunc double %.2714.i.epil to float
  store float %.2827.i.epil, ptr %43, align 4, !noalias !90
  %epil.iter26.next = add i64 %epil.iter26, 1
  %epil.iter26.cmp.not = icmp eq i64 %epil.iter26.next, %xtraiter25
  br i1 %epil.iter26.cmp.not, label %B1026.i, label %B962.if.i.epil, !llvm.loop !100

B1026.i:                                          ; preds = %B1026.i.loopexit.unr-lcssa, %B962.if.i.epil, %B800.i
  %.2838.i = fmul double %.2435.i, %"$phi930.1.2.1.i"
  %.2843.i = fmul double %.2478.i, %"$phi930.1.2.1.i"
  %.2848.i = fmul double %.2517.i, %"$phi930.1.2.1.i"
  %.2912.i = getelementptr double, ptr %arg.a10, i64 %.1001.02071.i
  store double %.2838.i, ptr %.2912.i, align 8, !noalias !90
  %.2967.i = getelementptr double, ptr %1, i64 %.1001.02071.i
  store double %.2843.i, ptr %.2967.i, align 8, !noalias !90
  %.3024.i = getelementptr double, ptr %2, i64 %.1001.02071.i
  store double %.2848.i, ptr %.3024.i, align 8, !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  %exitcond2126.not.i = icmp eq i64 %.1071.i, %arg.a0_0
  br i1 %exitcond2126.not.i, label %B1112.i, label %B200.if.i

B1112.i:                                          ; preds = %B1026.i, %B168.i
  %before.2.sroa.48.0.lcssa.i = phi ptr [ %.320.i, %B168.i ], [ %here.2.sroa.68.02072.i, %B1026.i ]
  tail call fastcc void @NRT_incref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  br i1 %.8562043.not.i, label %B1174.i, label %B1146.if.i.preheader

B1146.if.i.preheader:                             ; preds = %B1112.i
  %44 = add nsw i64 %arg.a0_1, -1
  %xtraiter31 = and i64 %arg.a0_1, 7
  %45 = icmp ult i64 %44, 7
  br i1 %45, label %B1146.if.i.epil.preheader, label %B1146.if.i.preheader.new

B1146.if.i.preheader.new:                         ; preds = %B1146.if.i.preheader
  %unroll_iter35 = and i64 %arg.a0_1, 9223372036854775800
  br label %B1146.if.i

B1174.i.loopexit.unr-lcssa:                       ; preds = %B1146.if.i
  %lcmp.mod33.not = icmp eq i64 %xtraiter31, 0
  br i1 %lcmp.mod33.not, label %B1174.i, label %B1146.if.i.epil.preheader

B1146.if.i.epil.preheader:                        ; preds = %B1174.i.loopexit.unr-lcssa, %B1146.if.i.preheader
  %.3117.02079.i.epil.init = phi i64 [ 0, %B1146.if.i.preheader ], [ %.3186.i.7, %B1174.i.loopexit.unr-lcssa ]
  %lcmp.mod34 = icmp ne i64 %xtraiter31, 0
  tail call void @llvm.assume(i1 %lcmp.mod34)
  br label %B1146.if.i.epil

B1146.if.i.epil:                                  ; preds = %B1146.if.i.epil, %B1146.if.i.epil.preheader
  %.3117.02079.i.epil = phi i64 [ %.3186.i.epil, %B1146.if.i.epil ], [ %.3117.02079.i.epil.init, %B1146.if.i.epil.preheader ]
  %epil.iter32 = phi i64 [ %epil.iter32.next, %B1146.if.i.epil ], [ 0, %B1146.if.i.epil.preheader ]
  %.3186.i.epil = add nuw nsw i64 %.3117.02079.i.epil, 1
  %46 = getelementptr double, ptr %arg.a5, i64 %.3117.02079.i.epil
  %.3240.i.epil = load double, ptr %46, align 8, !noalias !90
  %47 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3117.02079.i.epil
  store double %.3240.i.epil, ptr %47, align 8, !noalias !90
  %epil.iter32.next = add i64 %epil.iter32, 1
  %epil.iter32.cmp.not = icmp eq i64 %epil.iter32.next, %xtraiter31
  br i1 %epil.iter32.cmp.not, label %B1174.i, label %B1146.if.i.epil, !llvm.loop !101

B1174.i:                                          ; preds = %B1174.i.loopexit.unr-lcssa, %B1146.if.i.epil, %B1112.i
  br i1 %.10582069.not.i, label %_ZN11scorebridge7kernels7jumping9posteriorB3v26B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEdd5ArrayIdLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE.exit, label %B1228.if.lr.ph.i

B1228.if.lr.ph.i:                                 ; preds = %B1174.i
  %48 = getelementptr double, ptr %arg.a10, i64 %arg.a10_1
  %.idx.i = shl i64 %arg.a10_1, 4
  %49 = getelementptr i8, ptr %arg.a10, i64 %.idx.i
  %.129170.not.i2012.i = icmp slt i64 %arg.a9_1, 1
  %.13.i2041.i = tail call i64 @llvm.smin.i64(i64 %arg.a0_1, i64 %arg.a1_0)
  %.52972102.not.i = icmp slt i64 %.13.i2041.i, 1
  %50 = add i64 %arg.a0_1, -1
  %xtraiter37 = and i64 %arg.a0_1, 3
  %51 = icmp ult i64 %50, 3
  %unroll_iter42 = and i64 %arg.a0_1, 9223372036854775804
  %lcmp.mod39.not = icmp eq i64 %xtraiter37, 0
  %lcmp.mod41 = icmp ne i64 %xtraiter37, 0
  %xtraiter44 = and i64 %arg.a0_1, 3
  %52 = icmp ult i64 %50, 3
  %unroll_iter48 = and i64 %arg.a0_1, 9223372036854775804
  %lcmp.mod46.not = icmp eq i64 %xtraiter44, 0
  %lcmp.mod47 = icmp ne i64 %xtraiter44, 0
  %xtraiter50 = and i64 %arg.a0_1, 1
  %53 = icmp eq i64 %50, 0
  %unroll_iter56 = and i64 %arg.a0_1, 9223372036854775806
  %lcmp.mod52.not = icmp eq i64 %xtraiter50, 0
  %lcmp.mod55 = icmp ne i64 %xtraiter50, 0
  %xtraiter58 = and i64 %arg.a9_1, 7
  %54 = icmp ult i64 %arg.a9_1, 8
  %unroll_iter62 = and i64 %arg.a9_1, 9223372036854775800
  %lcmp.mod60.not = icmp eq i64 %xtraiter58, 0
  %lcmp.mod61 = icmp ne i64 %xtraiter58, 0
  %xtraiter64 = and i64 %arg.a0_1, 3
  %55 = icmp ult i64 %50, 3
  %unroll_iter68 = and i64 %arg.a0_1, 9223372036854775804
  %lcmp.mod66.not = icmp eq i64 %xtraiter64, 0
  %lcmp.mod67 = icmp ne i64 %xtraiter64, 0
  %xtraiter76 = and i64 %arg.a0_1, 7
  %56 = icmp ult i64 %50, 7
  %unroll_iter81 = and i64 %arg.a0_1, 9223372036854775800
  %lcmp.mod78.not = icmp eq i64 %xtraiter76, 0
  %lcmp.mod80 = icmp ne i64 %xtraiter76, 0
  %xtraiter83 = and i64 %arg.a0_1, 7
  %57 = icmp ult i64 %50, 7
  %unroll_iter87 = and i64 %arg.a0_1, 9223372036854775800
  %lcmp.mod85.not = icmp eq i64 %xtraiter83, 0
  %lcmp.mod86 = icmp ne i64 %xtraiter83, 0
  br label %B1228.if.i

B1346.i.loopexit.unr-lcssa:                       ; preds = %B1266.if.i
  br i1 %lcmp.mod39.not, label %B1346.i, label %B1266.if.i.epil.preheader

B1266.if.i.epil.preheader:                        ; preds = %B1346.i.loopexit.unr-lcssa, %B1266.if.lr.ph.i
  %total.7.12084.i.epil.init = phi double [ 0.000000e+00, %B1266.if.lr.ph.i ], [ %.3742.i.3, %B1346.i.loopexit.unr-lcssa ]
  %.3455.02082.i.epil.init = phi i64 [ 0, %B1266.if.lr.ph.i ], [ %.3524.i.3, %B1346.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod41)
  br label %B1266.if.i.epil

B1266.if.i.epil:                                  ; preds = %B1266.if.i.epil, %B1266.if.i.epil.preheader
  %total.7.12084.i.epil = phi double [ %total.7.12084.i.epil.init, %B1266.if.i.epil.preheader ], [ %.3742.i.epil, %B1266.if.i.epil ]
  %.3455.02082.i.epil = phi i64 [ %.3455.02082.i.epil.init, %B1266.if.i.epil.preheader ], [ %.3524.i.epil, %B1266.if.i.epil ]
  %epil.iter38 = phi i64 [ 0, %B1266.if.i.epil.preheader ], [ %epil.iter38.next, %B1266.if.i.epil ]
  %.3524.i.epil = add nuw nsw i64 %.3455.02082.i.epil, 1
  %58 = getelementptr float, ptr %174, i64 %.3455.02082.i.epil
  %.3601.i.epil = load float, ptr %58, align 4, !noalias !90
  %59 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3455.02082.i.epil
  %.3631.i.epil = load double, ptr %59, align 8, !noalias !90
  %.3632.i.epil = fpext float %.3601.i.epil to double
  %.3633.i.epil = fmul double %.3631.i.epil, %.3632.i.epil
  %.3681.i.epil = fptrunc double %.3633.i.epil to float
  store float %.3681.i.epil, ptr %58, align 4, !noalias !90
  %.3741.i.epil = fpext float %.3681.i.epil to double
  %.3742.i.epil = fadd double %total.7.12084.i.epil, %.3741.i.epil
  %epil.iter38.next = add i64 %epil.iter38, 1
  %epil.iter38.cmp.not = icmp eq i64 %epil.iter38.next, %xtraiter37
  br i1 %epil.iter38.cmp.not, label %B1346.i, label %B1266.if.i.epil, !llvm.loop !102

B1346.i:                                          ; preds = %B1346.i.loopexit.unr-lcssa, %B1266.if.i.epil, %B1228.if.i
  %total.7.1.lcssa.i = phi double [ 0.000000e+00, %B1228.if.i ], [ %.3742.i.3, %B1346.i.loopexit.unr-lcssa ], [ %.3742.i.epil, %B1266.if.i.epil ]
  %.3803.i = getelementptr double, ptr %arg.a10, i64 %.3330.02119.i
  %.3804.i = load double, ptr %.3803.i, align 8, !noalias !90
  %.3806.i = fmul double %b_waiting.2.02116.i, %.3804.i
  %.3860.i = getelementptr double, ptr %48, i64 %.3330.02119.i
  %.3861.i = load double, ptr %.3860.i, align 8, !noalias !90
  %.3863.i = fmul double %b_between.2.02117.i, %.3861.i
  %.3864.i = fadd double %.3806.i, %.3863.i
  %.3918.i = getelementptr double, ptr %49, i64 %.3330.02119.i
  %.3919.i = load double, ptr %.3918.i, align 8, !noalias !90
  %.3921.i = fmul double %b_after.2.02118.i, %.3919.i
  %.3922.i = fadd double %.3864.i, %.3921.i
  %.3928.i = fadd double %total.7.1.lcssa.i, %.3922.i
  %60 = getelementptr float, ptr %arg.a12, i64 %.3330.02119.i
  store float 0.000000e+00, ptr %60, align 4, !noalias !90
  %.3968.i = fcmp ogt double %.3928.i, 0.000000e+00
  br i1 %.3968.i, label %B1490.preheader.i, label %B1548.i

B1490.preheader.i:                                ; preds = %B1346.i
  br i1 %.8562043.not.i, label %B1532.i, label %B1490.if.lr.ph.i

B1490.if.lr.ph.i:                                 ; preds = %B1490.preheader.i
  %.4135.i = mul i64 %.3330.02119.i, %arg.a11_1
  %61 = getelementptr float, ptr %arg.a11, i64 %.4135.i
  br i1 %52, label %B1490.if.i.epil.preheader, label %B1490.if.i

B1532.i.loopexit.unr-lcssa:                       ; preds = %B1490.if.i
  br i1 %lcmp.mod46.not, label %B1532.i, label %B1490.if.i.epil.preheader

B1490.if.i.epil.preheader:                        ; preds = %B1532.i.loopexit.unr-lcssa, %B1490.if.lr.ph.i
  %.3994.02087.i.epil.init = phi i64 [ 0, %B1490.if.lr.ph.i ], [ %.4063.i.3, %B1532.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod47)
  br label %B1490.if.i.epil

B1490.if.i.epil:                                  ; preds = %B1490.if.i.epil, %B1490.if.i.epil.preheader
  %.3994.02087.i.epil = phi i64 [ %.3994.02087.i.epil.init, %B1490.if.i.epil.preheader ], [ %.4063.i.epil, %B1490.if.i.epil ]
  %epil.iter45 = phi i64 [ 0, %B1490.if.i.epil.preheader ], [ %epil.iter45.next, %B1490.if.i.epil ]
  %.4063.i.epil = add nuw nsw i64 %.3994.02087.i.epil, 1
  %62 = getelementptr float, ptr %61, i64 %.3994.02087.i.epil
  %.4140.i.epil = load float, ptr %62, align 4, !noalias !90
  %.4142.i.epil = fpext float %.4140.i.epil to double
  %.4146.i.epil = fdiv double %.4142.i.epil, %.3928.i
  %.4194.i.epil = fptrunc double %.4146.i.epil to float
  store float %.4194.i.epil, ptr %62, align 4, !noalias !90
  %epil.iter45.next = add i64 %epil.iter45, 1
  %epil.iter45.cmp.not = icmp eq i64 %epil.iter45.next, %xtraiter44
  br i1 %epil.iter45.cmp.not, label %B1532.i, label %B1490.if.i.epil, !llvm.loop !103

B1532.i:                                          ; preds = %B1532.i.loopexit.unr-lcssa, %B1490.if.i.epil, %B1490.preheader.i
  %.4208.i = fdiv double %.3922.i, %.3928.i
  %.4243.i = fptrunc double %.4208.i to float
  store float %.4243.i, ptr %60, align 4, !noalias !90
  br label %B1548.i

B1548.i:                                          ; preds = %B1532.i, %B1346.i
  br i1 %.8562043.not.i, label %B1740.i, label %B1588.if.lr.ph.i

B1588.if.lr.ph.i:                                 ; preds = %B1548.i
  %.4433.i = mul i64 %.3330.02119.i, %arg.a0_1
  %63 = getelementptr float, ptr %arg.a0, i64 %.4433.i
  br i1 %53, label %B1588.if.i.epil.preheader, label %B1588.if.i

B1740.i.loopexit.unr-lcssa:                       ; preds = %B1588.if.i
  br i1 %lcmp.mod52.not, label %B1740.i, label %B1588.if.i.epil.preheader

B1588.if.i.epil.preheader:                        ; preds = %B1740.i.loopexit.unr-lcssa, %B1588.if.lr.ph.i
  %beginning.2.12093.i.epil.init = phi double [ 0.000000e+00, %B1588.if.lr.ph.i ], [ %.4690.i.1, %B1740.i.loopexit.unr-lcssa ]
  %entering.2.12092.i.epil.init = phi double [ 0.000000e+00, %B1588.if.lr.ph.i ], [ %.4625.i.1, %B1740.i.loopexit.unr-lcssa ]
  %.4292.02090.i.epil.init = phi i64 [ 0, %B1588.if.lr.ph.i ], [ %.4361.i.1, %B1740.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod55)
  %64 = getelementptr float, ptr %63, i64 %.4292.02090.i.epil.init
  %.4438.i.epil = load float, ptr %64, align 4, !noalias !90
  %65 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.4292.02090.i.epil.init
  %.4470.i.epil = load double, ptr %65, align 8, !noalias !90
  %.4471.i.epil = fpext float %.4438.i.epil to double
  %.4472.i.epil = fmul double %.4470.i.epil, %.4471.i.epil
  %.4501.i.epil = getelementptr double, ptr %.530.i, i64 %.4292.02090.i.epil.init
  store double %.4472.i.epil, ptr %.4501.i.epil, align 8, !noalias !90
  %66 = getelementptr double, ptr %arg.a3, i64 %.4292.02090.i.epil.init
  %.4532.i.epil = load double, ptr %66, align 8, !noalias !90
  %.4563.i.epil = fmul double %.4472.i.epil, %.4532.i.epil
  %.4592.i.epil = getelementptr double, ptr %.390.i, i64 %.4292.02090.i.epil.init
  store double %.4563.i.epil, ptr %.4592.i.epil, align 8, !noalias !90
  %.4625.i.epil = fadd double %entering.2.12092.i.epil.init, %.4563.i.epil
  %67 = getelementptr double, ptr %arg.a4, i64 %.4292.02090.i.epil.init
  %.4657.i.epil = load double, ptr %67, align 8, !noalias !90
  %.4687.i.epil = load double, ptr %.4501.i.epil, align 8, !noalias !90
  %.4688.i.epil = fmul double %.4657.i.epil, %.4687.i.epil
  %.4690.i.epil = fadd double %beginning.2.12093.i.epil.init, %.4688.i.epil
  br label %B1740.i

B1740.i:                                          ; preds = %B1588.if.i.epil.preheader, %B1740.i.loopexit.unr-lcssa, %B1548.i
  %entering.2.1.lcssa.i = phi double [ 0.000000e+00, %B1548.i ], [ %.4625.i.1, %B1740.i.loopexit.unr-lcssa ], [ %.4625.i.epil, %B1588.if.i.epil.preheader ]
  %beginning.2.1.lcssa.i = phi double [ 0.000000e+00, %B1548.i ], [ %.4690.i.1, %B1740.i.loopexit.unr-lcssa ], [ %.4690.i.epil, %B1588.if.i.epil.preheader ]
  tail call fastcc void @NRT_incref(ptr null), !noalias !104
  tail call fastcc void @NRT_incref(ptr null), !noalias !104
  br i1 %.129170.not.i2012.i, label %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit2040.i, label %B64.if.i2013.i.preheader

B64.if.i2013.i.preheader:                         ; preds = %B1740.i
  br i1 %54, label %B64.if.i2013.i.epil.preheader, label %B64.if.i2013.i

B64.if.i2013.i:                                   ; preds = %B64.if.i2013.i.preheader, %B64.if.i2013.i
  %carried.3.0173.i2014.i = phi double [ %.200.i2019.i.7, %B64.if.i2013.i ], [ 0.000000e+00, %B64.if.i2013.i.preheader ]
  %.71.0171.i2015.i = phi i64 [ %.142.i2016.i.7, %B64.if.i2013.i ], [ 0, %B64.if.i2013.i.preheader ]
  %niter63 = phi i64 [ %niter63.next.7, %B64.if.i2013.i ], [ 0, %B64.if.i2013.i.preheader ]
  %.142.i2016.i = or disjoint i64 %.71.0171.i2015.i, 1
  %.169.i2017.i = fmul double %arg.a8, %carried.3.0173.i2014.i
  %68 = getelementptr double, ptr %.390.i, i64 %.71.0171.i2015.i
  %.199.i2018.i = load double, ptr %68, align 8, !noalias !104
  %.200.i2019.i = fadd double %.169.i2017.i, %.199.i2018.i
  %69 = getelementptr double, ptr %.460.i, i64 %.71.0171.i2015.i
  store double %.200.i2019.i, ptr %69, align 8, !noalias !104
  %.142.i2016.i.1 = or disjoint i64 %.71.0171.i2015.i, 2
  %.169.i2017.i.1 = fmul double %arg.a8, %.200.i2019.i
  %70 = getelementptr double, ptr %.390.i, i64 %.142.i2016.i
  %.199.i2018.i.1 = load double, ptr %70, align 8, !noalias !104
  %.200.i2019.i.1 = fadd double %.169.i2017.i.1, %.199.i2018.i.1
  %71 = getelementptr double, ptr %.460.i, i64 %.142.i2016.i
  store double %.200.i2019.i.1, ptr %71, align 8, !noalias !104
  %.142.i2016.i.2 = or disjoint i64 %.71.0171.i2015.i, 3
  %.169.i2017.i.2 = fmul double %arg.a8, %.200.i2019.i.1
  %72 = getelementptr double, ptr %.390.i, i64 %.142.i2016.i.1
  %.199.i2018.i.2 = load double, ptr %72, align 8, !noalias !104
  %.200.i2019.i.2 = fadd double %.169.i2017.i.2, %.199.i2018.i.2
  %73 = getelementptr double, ptr %.460.i, i64 %.142.i2016.i.1
  store double %.200.i2019.i.2, ptr %73, align 8, !noalias !104
  %.142.i2016.i.3 = or disjoint i64 %.71.0171.i2015.i, 4
  %.169.i2017.i.3 = fmul double %arg.a8, %.200.i2019.i.2
  %74 = getelementptr double, ptr %.390.i, i64 %.142.i2016.i.2
  %.199.i2018.i.3 = load double, ptr %74, align 8, !noalias !104
  %.200.i2019.i.3 = fadd double %.169.i2017.i.3, %.199.i2018.i.3
  %75 = getelementptr double, ptr %.460.i, i64 %.142.i2016.i.2
  store double %.200.i2019.i.3, ptr %75, align 8, !noalias !104
  %.142.i2016.i.4 = or disjoint i64 %.71.0171.i2015.i, 5
  %.169.i2017.i.4 = fmul double %arg.a8, %.200.i2019.i.3
  %76 = getelementptr double, ptr %.390.i, i64 %.142.i2016.i.3
  %.199.i2018.i.4 = load double, ptr %76, align 8, !noalias !104
  %.200.i2019.i.4 = fadd double %.169.i2017.i.4, %.199.i2018.i.4
  %77 = getelementptr double, ptr %.460.i, i64 %.142.i2016.i.3
  store double %.200.i2019.i.4, ptr %77, align 8, !noalias !104
  %.142.i2016.i.5 = or disjoint i64 %.71.0171.i2015.i, 6
  %.169.i2017.i.5 = fmul double %arg.a8, %.200.i2019.i.4
  %78 = getelementptr double, ptr %.390.i, i64 %.142.i2016.i.4
  %.199.i2018.i.5 = load double, ptr %78, align 8, !noalias !104
  %.200.i2019.i.5 = fadd double %.169.i2017.i.5, %.199.i2018.i.5
  %79 = getelementptr double, ptr %.460.i, i64 %.142.i2016.i.4
  store double %.200.i2019.i.5, ptr %79, align 8, !noalias !104
  %.142.i2016.i.6 = or disjoint i64 %.71.0171.i2015.i, 7
  %.169.i2017.i.6 = fmul double %arg.a8, %.200.i2019.i.5
  %80 = getelementptr double, ptr %.390.i, i64 %.142.i2016.i.5
  %.199.i2018.i.6 = load double, ptr %80, align 8, !noalias !104
  %.200.i2019.i.6 = fadd double %.169.i2017.i.6, %.199.i2018.i.6
  %81 = getelementptr double, ptr %.460.i, i64 %.142.i2016.i.5
  store double %.200.i2019.i.6, ptr %81, align 8, !noalias !104
  %.142.i2016.i.7 = add nuw nsw i64 %.71.0171.i2015.i, 8
  %.169.i2017.i.7 = fmul double %arg.a8, %.200.i2019.i.6
  %82 = getelementptr double, ptr %.390.i, i64 %.142.i2016.i.6
  %.199.i2018.i.7 = load double, ptr %82, align 8, !noalias !104
  %.200.i2019.i.7 = fadd double %.169.i2017.i.7, %.199.i2018.i.7
  %83 = getelementptr double, ptr %.460.i, i64 %.142.i2016.i.6
  store double %.200.i2019.i.7, ptr %83, align 8, !noalias !104
  %niter63.next.7 = add i64 %niter63, 8
  %niter63.ncmp.7 = icmp eq i64 %niter63.next.7, %unroll_iter62
  br i1 %niter63.ncmp.7, label %B178.if.i2023.i.preheader.unr-lcssa, label %B64.if.i2013.i

B178.if.i2023.i.preheader.unr-lcssa:              ; preds = %B64.if.i2013.i
  br i1 %lcmp.mod60.not, label %B178.if.i2023.i.preheader, label %B64.if.i2013.i.epil.preheader

B64.if.i2013.i.epil.preheader:                    ; preds = %B178.if.i2023.i.preheader.unr-lcssa, %B64.if.i2013.i.preheader
  %carried.3.0173.i2014.i.epil.init = phi double [ 0.000000e+00, %B64.if.i2013.i.preheader ], [ %.200.i2019.i.7, %B178.if.i2023.i.preheader.unr-lcssa ]
  %.71.0171.i2015.i.epil.init = phi i64 [ 0, %B64.if.i2013.i.preheader ], [ %.142.i2016.i.7, %B178.if.i2023.i.preheader.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod61)
  br label %B64.if.i2013.i.epil

B64.if.i2013.i.epil:                              ; preds = %B64.if.i2013.i.epil, %B64.if.i2013.i.epil.preheader
  %carried.3.0173.i2014.i.epil = phi double [ %.200.i2019.i.epil, %B64.if.i2013.i.epil ], [ %carried.3.0173.i2014.i.epil.init, %B64.if.i2013.i.epil.preheader ]
  %.71.0171.i2015.i.epil = phi i64 [ %.142.i2016.i.epil, %B64.if.i2013.i.epil ], [ %.71.0171.i2015.i.epil.init, %B64.if.i2013.i.epil.preheader ]
  %epil.iter59 = phi i64 [ %epil.iter59.next, %B64.if.i2013.i.epil ], [ 0, %B64.if.i2013.i.epil.preheader ]
  %.142.i2016.i.epil = add nuw nsw i64 %.71.0171.i2015.i.epil, 1
  %.169.i2017.i.epil = fmul double %arg.a8, %carried.3.0173.i2014.i.epil
  %84 = getelementptr double, ptr %.390.i, i64 %.71.0171.i2015.i.epil
  %.199.i2018.i.epil = load double, ptr %84, align 8, !noalias !104
  %.200.i2019.i.epil = fadd double %.169.i2017.i.epil, %.199.i2018.i.epil
  %85 = getelementptr double, ptr %.460.i, i64 %.71.0171.i2015.i.epil
  store double %.200.i2019.i.epil, ptr %85, align 8, !noalias !104
  %epil.iter59.next = add i64 %epil.iter59, 1
  %epil.iter59.cmp.not = icmp eq i64 %epil.iter59.next, %xtraiter58
  br i1 %epil.iter59.cmp.not, label %B178.if.i2023.i.preheader, label %B64.if.i2013.i.epil, !llvm.loop !107

B178.if.i2023.i.preheader:                        ; preds = %B64.if.i2013.i.epil, %B178.if.i2023.i.preheader.unr-lcssa
  br label %B178.if.i2023.i

B178.if.i2023.i:                                  ; preds = %B178.if.i2023.i.preheader, %B178.if.i2023.i
  %carried.1.2.0177.i2024.i = phi double [ %.466.i2038.i, %B178.if.i2023.i ], [ 0.000000e+00, %B178.if.i2023.i.preheader ]
  %.280.0176.i2025.i = phi i64 [ %.342.i2028.i, %B178.if.i2023.i ], [ %arg.a9_1, %B178.if.i2023.i.preheader ]
  %.342.i2028.i = add nsw i64 %.280.0176.i2025.i, -1
  %86 = getelementptr double, ptr %.460.i, i64 %.342.i2028.i
  %.400.i2032.i = load double, ptr %86, align 8, !noalias !104
  %.402.i2033.i = fadd double %carried.1.2.0177.i2024.i, %.400.i2032.i
  store double %.402.i2033.i, ptr %86, align 8, !noalias !104
  %87 = getelementptr double, ptr %.390.i, i64 %.342.i2028.i
  %.462.i2036.i = load double, ptr %87, align 8, !noalias !104
  %.464.i2037.i = fadd double %carried.1.2.0177.i2024.i, %.462.i2036.i
  %.466.i2038.i = fmul double %arg.a8, %.464.i2037.i
  %.333.i2039.i = icmp sgt i64 %.280.0176.i2025.i, 1
  br i1 %.333.i2039.i, label %B178.if.i2023.i, label %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit2040.i

_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit2040.i: ; preds = %B178.if.i2023.i, %B1740.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !104
  tail call fastcc void @NRT_decref(ptr null), !noalias !104
  %88 = getelementptr double, ptr %arg.a6, i64 %.3330.02119.i
  %.4760.i = load double, ptr %88, align 8, !noalias !90
  %.4762.i = fmul double %b_between.2.02117.i, %.4760.i
  %.4764.i = fadd double %entering.2.1.lcssa.i, %.4762.i
  %.4802.i = fmul double %arg.a7, %.4760.i
  %.4804.i = fmul double %b_between.2.02117.i, %.4802.i
  %.4842.i = fmul double %b_waiting.2.02116.i, %.4760.i
  %.4846.i = fadd double %beginning.2.1.lcssa.i, %.4842.i
  %.4886.i = fmul double %b_after.2.02118.i, %.4760.i
  %.16.i.i = fcmp ogt double %.4846.i, %.4764.i
  %.17.i.i = select i1 %.16.i.i, double %.4846.i, double %.4764.i
  %.18.i.i = fcmp ogt double %.4886.i, %.17.i.i
  %.19.i.i = select i1 %.18.i.i, double %.4886.i, double %.17.i.i
  br i1 %.8562043.not.i, label %B2020.i, label %B1944.if.i.preheader

B1944.if.i.preheader:                             ; preds = %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit2040.i
  br i1 %55, label %B1944.if.i.epil.preheader, label %B1944.if.i

B2020.i.loopexit.unr-lcssa:                       ; preds = %B1944.if.i
  br i1 %lcmp.mod66.not, label %B2020.i, label %B1944.if.i.epil.preheader

B1944.if.i.epil.preheader:                        ; preds = %B2020.i.loopexit.unr-lcssa, %B1944.if.i.preheader
  %.4952.02097.i.epil.init = phi i64 [ 0, %B1944.if.i.preheader ], [ %.5021.i.3, %B2020.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod67)
  br label %B1944.if.i.epil

B1944.if.i.epil:                                  ; preds = %B1944.if.i.epil, %B1944.if.i.epil.preheader
  %.4952.02097.i.epil = phi i64 [ %.5021.i.epil, %B1944.if.i.epil ], [ %.4952.02097.i.epil.init, %B1944.if.i.epil.preheader ]
  %epil.iter65 = phi i64 [ %epil.iter65.next, %B1944.if.i.epil ], [ 0, %B1944.if.i.epil.preheader ]
  %.5021.i.epil = add nuw nsw i64 %.4952.02097.i.epil, 1
  %89 = getelementptr double, ptr %arg.a2, i64 %.4952.02097.i.epil
  %.5075.i.epil = load double, ptr %89, align 8, !noalias !90
  %90 = getelementptr double, ptr %.460.i, i64 %.4952.02097.i.epil
  %.5105.i.epil = load double, ptr %90, align 8, !noalias !90
  %.5107.i.epil = fadd double %.4804.i, %.5105.i.epil
  %.5108.i.epil = fmul double %.5075.i.epil, %.5107.i.epil
  %91 = getelementptr double, ptr %arg.a5, i64 %.4952.02097.i.epil
  %.5138.i.epil = load double, ptr %91, align 8, !noalias !90
  %.5140.i.epil = fmul double %.4886.i, %.5138.i.epil
  %.5141.i.epil = fadd double %.5108.i.epil, %.5140.i.epil
  %92 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.4952.02097.i.epil
  store double %.5141.i.epil, ptr %92, align 8, !noalias !90
  %epil.iter65.next = add i64 %epil.iter65, 1
  %epil.iter65.cmp.not = icmp eq i64 %epil.iter65.next, %xtraiter64
  br i1 %epil.iter65.cmp.not, label %B2020.i, label %B1944.if.i.epil, !llvm.loop !108

B2020.i:                                          ; preds = %B2020.i.loopexit.unr-lcssa, %B1944.if.i.epil, %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit2040.i
  br i1 %.52972102.not.i, label %B2254.preheader.i, label %B2104.if.i

B2104.loopexit.i.loopexit.unr-lcssa:              ; preds = %B2160.if.i
  %lcmp.mod72.not = icmp eq i64 %xtraiter70, 0
  br i1 %lcmp.mod72.not, label %B2104.loopexit.i, label %B2160.if.i.epil.preheader

B2160.if.i.epil.preheader:                        ; preds = %B2104.loopexit.i.loopexit.unr-lcssa, %B2160.if.i.preheader
  %.5398.02100.i.epil.init = phi i64 [ 0, %B2160.if.i.preheader ], [ %.5467.i.3, %B2104.loopexit.i.loopexit.unr-lcssa ]
  %lcmp.mod73 = icmp ne i64 %xtraiter70, 0
  tail call void @llvm.assume(i1 %lcmp.mod73)
  br label %B2160.if.i.epil

B2160.if.i.epil:                                  ; preds = %B2160.if.i.epil, %B2160.if.i.epil.preheader
  %.5398.02100.i.epil = phi i64 [ %.5467.i.epil, %B2160.if.i.epil ], [ %.5398.02100.i.epil.init, %B2160.if.i.epil.preheader ]
  %epil.iter71 = phi i64 [ %epil.iter71.next, %B2160.if.i.epil ], [ 0, %B2160.if.i.epil.preheader ]
  %.5467.i.epil = add nuw nsw i64 %.5398.02100.i.epil, 1
  %93 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5398.02100.i.epil
  %.5521.i.epil = load double, ptr %93, align 8, !noalias !90
  %gep.epil = getelementptr double, ptr %invariant.gep, i64 %.5398.02100.i.epil
  %.5553.i.epil = load double, ptr %gep.epil, align 8, !noalias !90
  %.5555.i.epil = fmul double %.5368.i, %.5553.i.epil
  %.5556.i.epil = fadd double %.5521.i.epil, %.5555.i.epil
  store double %.5556.i.epil, ptr %93, align 8, !noalias !90
  %epil.iter71.next = add i64 %epil.iter71, 1
  %epil.iter71.cmp.not = icmp eq i64 %epil.iter71.next, %xtraiter70
  br i1 %epil.iter71.cmp.not, label %B2104.loopexit.i, label %B2160.if.i.epil, !llvm.loop !109

B2104.loopexit.i:                                 ; preds = %B2104.loopexit.i.loopexit.unr-lcssa, %B2160.if.i.epil, %B2104.if.i
  %indvars.iv.next2133.i = add i64 %indvars.iv2132.i, -1
  %exitcond2136.not.i = icmp eq i64 %.13.i2041.i, %.5310.i
  br i1 %exitcond2136.not.i, label %B2254.preheader.i, label %B2104.if.i

B2254.preheader.i:                                ; preds = %B2104.loopexit.i, %B2020.i
  br i1 %.8562043.not.i, label %B2304.i, label %B2254.if.i.preheader

B2254.if.i.preheader:                             ; preds = %B2254.preheader.i
  br i1 %56, label %B2254.if.i.epil.preheader, label %B2254.if.i

B2304.i.loopexit.unr-lcssa:                       ; preds = %B2254.if.i
  br i1 %lcmp.mod78.not, label %B2304.i, label %B2254.if.i.epil.preheader

B2254.if.i.epil.preheader:                        ; preds = %B2304.i.loopexit.unr-lcssa, %B2254.if.i.preheader
  %largest.2.12108.i.epil.init = phi double [ %.19.i.i, %B2254.if.i.preheader ], [ %.13.i2042.i.7, %B2304.i.loopexit.unr-lcssa ]
  %.5631.02106.i.epil.init = phi i64 [ 0, %B2254.if.i.preheader ], [ %.5700.i.7, %B2304.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod80)
  br label %B2254.if.i.epil

B2254.if.i.epil:                                  ; preds = %B2254.if.i.epil, %B2254.if.i.epil.preheader
  %largest.2.12108.i.epil = phi double [ %.13.i2042.i.epil, %B2254.if.i.epil ], [ %largest.2.12108.i.epil.init, %B2254.if.i.epil.preheader ]
  %.5631.02106.i.epil = phi i64 [ %.5700.i.epil, %B2254.if.i.epil ], [ %.5631.02106.i.epil.init, %B2254.if.i.epil.preheader ]
  %epil.iter77 = phi i64 [ %epil.iter77.next, %B2254.if.i.epil ], [ 0, %B2254.if.i.epil.preheader ]
  %.5700.i.epil = add nuw nsw i64 %.5631.02106.i.epil, 1
  %94 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i.epil
  %.5754.i.epil = load double, ptr %94, align 8, !noalias !90
  %.12.i.i.epil = fcmp ogt double %.5754.i.epil, %largest.2.12108.i.epil
  %.13.i2042.i.epil = select i1 %.12.i.i.epil, double %.5754.i.epil, double %largest.2.12108.i.epil
  %epil.iter77.next = add i64 %epil.iter77, 1
  %epil.iter77.cmp.not = icmp eq i64 %epil.iter77.next, %xtraiter76
  br i1 %epil.iter77.cmp.not, label %B2304.i, label %B2254.if.i.epil, !llvm.loop !110

B2304.i:                                          ; preds = %B2304.i.loopexit.unr-lcssa, %B2254.if.i.epil, %B2254.preheader.i
  %largest.2.1.lcssa.i = phi double [ %.19.i.i, %B2254.preheader.i ], [ %.13.i2042.i.7, %B2304.i.loopexit.unr-lcssa ], [ %.13.i2042.i.epil, %B2254.if.i.epil ]
  %.5793.i = fcmp ogt double %largest.2.1.lcssa.i, 0.000000e+00
  %.5799.i = fdiv double 1.000000e+00, %largest.2.1.lcssa.i
  %"$phi2328.1.2.1.i" = select i1 %.5793.i, double %.5799.i, double 0.000000e+00
  br i1 %.8562043.not.i, label %B2398.i, label %B2360.if.i.preheader

B2360.if.i.preheader:                             ; preds = %B2304.i
  br i1 %57, label %B2360.if.i.epil.preheader, label %B2360.if.i

B2398.i.loopexit.unr-lcssa:                       ; preds = %B2360.if.i
  br i1 %lcmp.mod85.not, label %B2398.i, label %B2360.if.i.epil.preheader

B2360.if.i.epil.preheader:                        ; preds = %B2398.i.loopexit.unr-lcssa, %B2360.if.i.preheader
  %.5841.02111.i.epil.init = phi i64 [ 0, %B2360.if.i.preheader ], [ %.5910.i.7, %B2398.i.loopexit.unr-lcssa ]
  tail call void @llvm.assume(i1 %lcmp.mod86)
  br label %B2360.if.i.epil

B2360.if.i.epil:                                  ; preds = %B2360.if.i.epil, %B2360.if.i.epil.preheader
  %.5841.02111.i.epil = phi i64 [ %.5910.i.epil, %B2360.if.i.epil ], [ %.5841.02111.i.epil.init, %B2360.if.i.epil.preheader ]
  %epil.iter84 = phi i64 [ %epil.iter84.next, %B2360.if.i.epil ], [ 0, %B2360.if.i.epil.preheader ]
  %.5910.i.epil = add nuw nsw i64 %.5841.02111.i.epil, 1
  %95 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i.epil
  %.5964.i.epil = load double, ptr %95, align 8, !noalias !90
  %.5966.i.epil = fmul double %"$phi2328.1.2.1.i", %.5964.i.epil
  store double %.5966.i.epil, ptr %95, align 8, !noalias !90
  %epil.iter84.next = add i64 %epil.iter84, 1
  %epil.iter84.cmp.not = icmp eq i64 %epil.iter84.next, %xtraiter83
  br i1 %epil.iter84.cmp.not, label %B2398.i, label %B2360.if.i.epil, !llvm.loop !111

B2398.i:                                          ; preds = %B2398.i.loopexit.unr-lcssa, %B2360.if.i.epil, %B2304.i
  %.6004.i = fmul double %.4764.i, %"$phi2328.1.2.1.i"
  %.6009.i = fmul double %.4846.i, %"$phi2328.1.2.1.i"
  %.6014.i = fmul double %.4886.i, %"$phi2328.1.2.1.i"
  %.3387.i = icmp sgt i64 %.3330.02119.in.i, 1
  br i1 %.3387.i, label %B1228.if.i, label %_ZN11scorebridge7kernels7jumping9posteriorB3v26B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEdd5ArrayIdLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE.exit

B200.if.i:                                        ; preds = %B1026.i, %B200.if.lr.ph.i
  %after.3.02076.i = phi double [ 0.000000e+00, %B200.if.lr.ph.i ], [ %.2848.i, %B1026.i ]
  %between.3.02075.i = phi double [ 0.000000e+00, %B200.if.lr.ph.i ], [ %.2843.i, %B1026.i ]
  %waiting.3.02074.i = phi double [ 1.000000e+00, %B200.if.lr.ph.i ], [ %.2838.i, %B1026.i ]
  %before.2.sroa.48.02073.i = phi ptr [ %.320.i, %B200.if.lr.ph.i ], [ %here.2.sroa.68.02072.i, %B1026.i ]
  %here.2.sroa.68.02072.i = phi ptr [ %arg.a9, %B200.if.lr.ph.i ], [ %before.2.sroa.48.02073.i, %B1026.i ]
  %.1001.02071.i = phi i64 [ 0, %B200.if.lr.ph.i ], [ %.1071.i, %B1026.i ]
  %.1071.i = add nuw nsw i64 %.1001.02071.i, 1
  br i1 %.8562043.not.i, label %B350.i, label %B242.if.i.preheader

B242.if.i.preheader:                              ; preds = %B200.if.i
  br i1 %4, label %B242.if.i.epil.preheader, label %B242.if.i

B242.if.i:                                        ; preds = %B242.if.i.preheader, %B242.if.i
  %ended.2.12050.i = phi double [ %.1410.i.3, %B242.if.i ], [ 0.000000e+00, %B242.if.i.preheader ]
  %left.2.12049.i = phi double [ %.1345.i.3, %B242.if.i ], [ 0.000000e+00, %B242.if.i.preheader ]
  %.1129.02048.i = phi i64 [ %.1198.i.3, %B242.if.i ], [ 0, %B242.if.i.preheader ]
  %niter = phi i64 [ %niter.next.3, %B242.if.i ], [ 0, %B242.if.i.preheader ]
  %.1198.i = or disjoint i64 %.1129.02048.i, 1
  %96 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.1129.02048.i
  %.1252.i = load double, ptr %96, align 8, !noalias !90
  %97 = getelementptr double, ptr %arg.a2, i64 %.1129.02048.i
  %.1282.i = load double, ptr %97, align 8, !noalias !90
  %.1283.i = fmul double %.1252.i, %.1282.i
  %98 = getelementptr double, ptr %.390.i, i64 %.1129.02048.i
  store double %.1283.i, ptr %98, align 8, !noalias !90
  %.1345.i = fadd double %left.2.12049.i, %.1283.i
  %.1377.i = load double, ptr %96, align 8, !noalias !90
  %99 = getelementptr double, ptr %arg.a5, i64 %.1129.02048.i
  %.1407.i = load double, ptr %99, align 8, !noalias !90
  %.1408.i = fmul double %.1377.i, %.1407.i
  %.1410.i = fadd double %ended.2.12050.i, %.1408.i
  %.1198.i.1 = or disjoint i64 %.1129.02048.i, 2
  %100 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.1198.i
  %.1252.i.1 = load double, ptr %100, align 8, !noalias !90
  %101 = getelementptr double, ptr %arg.a2, i64 %.1198.i
  %.1282.i.1 = load double, ptr %101, align 8, !noalias !90
  %.1283.i.1 = fmul double %.1252.i.1, %.1282.i.1
  %102 = getelementptr double, ptr %.390.i, i64 %.1198.i
  store double %.1283.i.1, ptr %102, align 8, !noalias !90
  %.1345.i.1 = fadd double %.1345.i, %.1283.i.1
  %.1377.i.1 = load double, ptr %100, align 8, !noalias !90
  %103 = getelementptr double, ptr %arg.a5, i64 %.1198.i
  %.1407.i.1 = load double, ptr %103, align 8, !noalias !90
  %.1408.i.1 = fmul double %.1377.i.1, %.1407.i.1
  %.1410.i.1 = fadd double %.1410.i, %.1408.i.1
  %.1198.i.2 = or disjoint i64 %.1129.02048.i, 3
  %104 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.1198.i.1
  %.1252.i.2 = load double, ptr %104, align 8, !noalias !90
  %105 = getelementptr double, ptr %arg.a2, i64 %.1198.i.1
  %.1282.i.2 = load double, ptr %105, align 8, !noalias !90
  %.1283.i.2 = fmul double %.1252.i.2, %.1282.i.2
  %106 = getelementptr double, ptr %.390.i, i64 %.1198.i.1
  store double %.1283.i.2, ptr %106, align 8, !noalias !90
  %.1345.i.2 = fadd double %.1345.i.1, %.1283.i.2
  %.1377.i.2 = load double, ptr %104, align 8, !noalias !90
  %107 = getelementptr double, ptr %arg.a5, i64 %.1198.i.1
  %.1407.i.2 = load double, ptr %107, align 8, !noalias !90
  %.1408.i.2 = fmul double %.1377.i.2, %.1407.i.2
  %.1410.i.2 = fadd double %.1410.i.1, %.1408.i.2
  %.1198.i.3 = add nuw nsw i64 %.1129.02048.i, 4
  %108 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.1198.i.2
  %.1252.i.3 = load double, ptr %108, align 8, !noalias !90
  %109 = getelementptr double, ptr %arg.a2, i64 %.1198.i.2
  %.1282.i.3 = load double, ptr %109, align 8, !noalias !90
  %.1283.i.3 = fmul double %.1252.i.3, %.1282.i.3
  %110 = getelementptr double, ptr %.390.i, i64 %.1198.i.2
  store double %.1283.i.3, ptr %110, align 8, !noalias !90
  %.1345.i.3 = fadd double %.1345.i.2, %.1283.i.3
  %.1377.i.3 = load double, ptr %108, align 8, !noalias !90
  %111 = getelementptr double, ptr %arg.a5, i64 %.1198.i.2
  %.1407.i.3 = load double, ptr %111, align 8, !noalias !90
  %.1408.i.3 = fmul double %.1377.i.3, %.1407.i.3
  %.1410.i.3 = fadd double %.1410.i.2, %.1408.i.3
  %niter.next.3 = add i64 %niter, 4
  %niter.ncmp.3 = icmp eq i64 %niter.next.3, %unroll_iter
  br i1 %niter.ncmp.3, label %B350.i.loopexit.unr-lcssa, label %B242.if.i

B418.if.i:                                        ; preds = %B418.if.i.preheader, %B418.if.i
  %.1477.02053.i = phi i64 [ %.1546.i.3, %B418.if.i ], [ 0, %B418.if.i.preheader ]
  %niter15 = phi i64 [ %niter15.next.3, %B418.if.i ], [ 0, %B418.if.i.preheader ]
  %.1546.i = or disjoint i64 %.1477.02053.i, 1
  %112 = getelementptr double, ptr %arg.a4, i64 %.1477.02053.i
  %.1600.i = load double, ptr %112, align 8, !noalias !90
  %.1602.i = fmul double %waiting.3.02074.i, %.1600.i
  %113 = getelementptr double, ptr %.460.i, i64 %.1477.02053.i
  %.1632.i = load double, ptr %113, align 8, !noalias !90
  %.1634.i = fadd double %between.3.02075.i, %.1632.i
  %114 = getelementptr double, ptr %arg.a3, i64 %.1477.02053.i
  %.1664.i = load double, ptr %114, align 8, !noalias !90
  %.1665.i = fmul double %.1634.i, %.1664.i
  %.1666.i = fadd double %.1602.i, %.1665.i
  %115 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1477.02053.i
  store double %.1666.i, ptr %115, align 8, !noalias !90
  %.1546.i.1 = or disjoint i64 %.1477.02053.i, 2
  %116 = getelementptr double, ptr %arg.a4, i64 %.1546.i
  %.1600.i.1 = load double, ptr %116, align 8, !noalias !90
  %.1602.i.1 = fmul double %waiting.3.02074.i, %.1600.i.1
  %117 = getelementptr double, ptr %.460.i, i64 %.1546.i
  %.1632.i.1 = load double, ptr %117, align 8, !noalias !90
  %.1634.i.1 = fadd double %between.3.02075.i, %.1632.i.1
  %118 = getelementptr double, ptr %arg.a3, i64 %.1546.i
  %.1664.i.1 = load double, ptr %118, align 8, !noalias !90
  %.1665.i.1 = fmul double %.1634.i.1, %.1664.i.1
  %.1666.i.1 = fadd double %.1602.i.1, %.1665.i.1
  %119 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1546.i
  store double %.1666.i.1, ptr %119, align 8, !noalias !90
  %.1546.i.2 = or disjoint i64 %.1477.02053.i, 3
  %120 = getelementptr double, ptr %arg.a4, i64 %.1546.i.1
  %.1600.i.2 = load double, ptr %120, align 8, !noalias !90
  %.1602.i.2 = fmul double %waiting.3.02074.i, %.1600.i.2
  %121 = getelementptr double, ptr %.460.i, i64 %.1546.i.1
  %.1632.i.2 = load double, ptr %121, align 8, !noalias !90
  %.1634.i.2 = fadd double %between.3.02075.i, %.1632.i.2
  %122 = getelementptr double, ptr %arg.a3, i64 %.1546.i.1
  %.1664.i.2 = load double, ptr %122, align 8, !noalias !90
  %.1665.i.2 = fmul double %.1634.i.2, %.1664.i.2
  %.1666.i.2 = fadd double %.1602.i.2, %.1665.i.2
  %123 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1546.i.1
  store double %.1666.i.2, ptr %123, align 8, !noalias !90
  %.1546.i.3 = add nuw nsw i64 %.1477.02053.i, 4
  %124 = getelementptr double, ptr %arg.a4, i64 %.1546.i.2
  %.1600.i.3 = load double, ptr %124, align 8, !noalias !90
  %.1602.i.3 = fmul double %waiting.3.02074.i, %.1600.i.3
  %125 = getelementptr double, ptr %.460.i, i64 %.1546.i.2
  %.1632.i.3 = load double, ptr %125, align 8, !noalias !90
  %.1634.i.3 = fadd double %between.3.02075.i, %.1632.i.3
  %126 = getelementptr double, ptr %arg.a3, i64 %.1546.i.2
  %.1664.i.3 = load double, ptr %126, align 8, !noalias !90
  %.1665.i.3 = fmul double %.1634.i.3, %.1664.i.3
  %.1666.i.3 = fadd double %.1602.i.3, %.1665.i.3
  %127 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1546.i.2
  store double %.1666.i.3, ptr %127, align 8, !noalias !90
  %niter15.next.3 = add i64 %niter15, 4
  %niter15.ncmp.3 = icmp eq i64 %niter15.next.3, %unroll_iter14
  br i1 %niter15.ncmp.3, label %B494.i.loopexit.unr-lcssa, label %B418.if.i

B578.if.i:                                        ; preds = %B494.i, %B578.loopexit.i
  %indvars.iv.i = phi i64 [ %indvars.iv.next.i, %B578.loopexit.i ], [ %arg.a0_1, %B494.i ]
  %.1764.02059.i = phi i64 [ %.1833.i, %B578.loopexit.i ], [ 0, %B494.i ]
  %smax = tail call i64 @llvm.smax.i64(i64 %indvars.iv.i, i64 0)
  %128 = add nsw i64 %smax, -1
  %smax.i = tail call i64 @llvm.smax.i64(i64 %indvars.iv.i, i64 0)
  %129 = add nuw i64 %smax.i, %.1764.02059.i
  %.1833.i = add nuw nsw i64 %.1764.02059.i, 1
  %130 = getelementptr double, ptr %arg.a1, i64 %.1764.02059.i
  %.1891.i = load double, ptr %130, align 8, !noalias !90
  %.1933.i = sub i64 %arg.a0_1, %.1764.02059.i
  %.19762055.not.i = icmp slt i64 %.1933.i, 1
  br i1 %.19762055.not.i, label %B578.loopexit.i, label %B630.if.i.preheader

B630.if.i.preheader:                              ; preds = %B578.if.i
  %xtraiter16 = and i64 %smax, 3
  %lcmp.mod17.not = icmp eq i64 %xtraiter16, 0
  br i1 %lcmp.mod17.not, label %B630.if.i.prol.loopexit, label %B630.if.i.prol

B630.if.i.prol:                                   ; preds = %B630.if.i.preheader, %B630.if.i.prol
  %.1920.02056.i.prol = phi i64 [ %.1989.i.prol, %B630.if.i.prol ], [ %.1764.02059.i, %B630.if.i.preheader ]
  %prol.iter = phi i64 [ %prol.iter.next, %B630.if.i.prol ], [ 0, %B630.if.i.preheader ]
  %.1989.i.prol = add nuw i64 %.1920.02056.i.prol, 1
  %.2027.i.prol = icmp slt i64 %.1920.02056.i.prol, 0
  %.2028.i.prol = select i1 %.2027.i.prol, i64 %arg.a9_1, i64 0
  %131 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1920.02056.i.prol
  %.2042.i.prol = getelementptr double, ptr %131, i64 %.2028.i.prol
  %.2043.i.prol = load double, ptr %.2042.i.prol, align 8, !noalias !90
  %.2045.i.prol = sub nuw nsw i64 %.1920.02056.i.prol, %.1764.02059.i
  %132 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.2045.i.prol
  %.2075.i.prol = load double, ptr %132, align 8, !noalias !90
  %.2077.i.prol = fmul double %.1891.i, %.2075.i.prol
  %.2078.i.prol = fadd double %.2043.i.prol, %.2077.i.prol
  store double %.2078.i.prol, ptr %.2042.i.prol, align 8, !noalias !90
  %prol.iter.next = add i64 %prol.iter, 1
  %prol.iter.cmp.not = icmp eq i64 %prol.iter.next, %xtraiter16
  br i1 %prol.iter.cmp.not, label %B630.if.i.prol.loopexit, label %B630.if.i.prol, !llvm.loop !112

B630.if.i.prol.loopexit:                          ; preds = %B630.if.i.prol, %B630.if.i.preheader
  %.1920.02056.i.unr = phi i64 [ %.1764.02059.i, %B630.if.i.preheader ], [ %.1989.i.prol, %B630.if.i.prol ]
  %133 = icmp ult i64 %128, 3
  br i1 %133, label %B578.loopexit.i, label %B630.if.i

B630.if.i:                                        ; preds = %B630.if.i.prol.loopexit, %B630.if.i
  %.1920.02056.i = phi i64 [ %.1989.i.3, %B630.if.i ], [ %.1920.02056.i.unr, %B630.if.i.prol.loopexit ]
  %.1989.i = add nuw i64 %.1920.02056.i, 1
  %.2027.i = icmp slt i64 %.1920.02056.i, 0
  %.2028.i = select i1 %.2027.i, i64 %arg.a9_1, i64 0
  %134 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1920.02056.i
  %.2042.i = getelementptr double, ptr %134, i64 %.2028.i
  %.2043.i = load double, ptr %.2042.i, align 8, !noalias !90
  %.2045.i = sub nuw nsw i64 %.1920.02056.i, %.1764.02059.i
  %135 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.2045.i
  %.2075.i = load double, ptr %135, align 8, !noalias !90
  %.2077.i = fmul double %.1891.i, %.2075.i
  %.2078.i = fadd double %.2043.i, %.2077.i
  store double %.2078.i, ptr %.2042.i, align 8, !noalias !90
  %.1989.i.1 = add nuw i64 %.1920.02056.i, 2
  %.2027.i.1 = icmp slt i64 %.1989.i, 0
  %.2028.i.1 = select i1 %.2027.i.1, i64 %arg.a9_1, i64 0
  %136 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1989.i
  %.2042.i.1 = getelementptr double, ptr %136, i64 %.2028.i.1
  %.2043.i.1 = load double, ptr %.2042.i.1, align 8, !noalias !90
  %.2045.i.1 = sub nuw nsw i64 %.1989.i, %.1764.02059.i
  %137 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.2045.i.1
  %.2075.i.1 = load double, ptr %137, align 8, !noalias !90
  %.2077.i.1 = fmul double %.1891.i, %.2075.i.1
  %.2078.i.1 = fadd double %.2043.i.1, %.2077.i.1
  store double %.2078.i.1, ptr %.2042.i.1, align 8, !noalias !90
  %.1989.i.2 = add nuw i64 %.1920.02056.i, 3
  %.2027.i.2 = icmp slt i64 %.1989.i.1, 0
  %.2028.i.2 = select i1 %.2027.i.2, i64 %arg.a9_1, i64 0
  %138 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1989.i.1
  %.2042.i.2 = getelementptr double, ptr %138, i64 %.2028.i.2
  %.2043.i.2 = load double, ptr %.2042.i.2, align 8, !noalias !90
  %.2045.i.2 = sub nuw nsw i64 %.1989.i.1, %.1764.02059.i
  %139 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.2045.i.2
  %.2075.i.2 = load double, ptr %139, align 8, !noalias !90
  %.2077.i.2 = fmul double %.1891.i, %.2075.i.2
  %.2078.i.2 = fadd double %.2043.i.2, %.2077.i.2
  store double %.2078.i.2, ptr %.2042.i.2, align 8, !noalias !90
  %.1989.i.3 = add nuw i64 %.1920.02056.i, 4
  %.2027.i.3 = icmp slt i64 %.1989.i.2, 0
  %.2028.i.3 = select i1 %.2027.i.3, i64 %arg.a9_1, i64 0
  %140 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.1989.i.2
  %.2042.i.3 = getelementptr double, ptr %140, i64 %.2028.i.3
  %.2043.i.3 = load double, ptr %.2042.i.3, align 8, !noalias !90
  %.2045.i.3 = sub nuw nsw i64 %.1989.i.2, %.1764.02059.i
  %141 = getelementptr double, ptr %before.2.sroa.48.02073.i, i64 %.2045.i.3
  %.2075.i.3 = load double, ptr %141, align 8, !noalias !90
  %.2077.i.3 = fmul double %.1891.i, %.2075.i.3
  %.2078.i.3 = fadd double %.2043.i.3, %.2077.i.3
  store double %.2078.i.3, ptr %.2042.i.3, align 8, !noalias !90
  %exitcond2122.not.i.3 = icmp eq i64 %.1989.i.3, %129
  br i1 %exitcond2122.not.i.3, label %B578.loopexit.i, label %B630.if.i

B724.if.i:                                        ; preds = %B724.if.lr.ph.i, %B724.if.i
  %total.6.12064.i = phi double [ %.2395.i.3, %B724.if.i ], [ 0.000000e+00, %B724.if.lr.ph.i ]
  %.2153.02062.i = phi i64 [ %.2222.i.3, %B724.if.i ], [ 0, %B724.if.lr.ph.i ]
  %niter24 = phi i64 [ %niter24.next.3, %B724.if.i ], [ 0, %B724.if.lr.ph.i ]
  %.2222.i = or disjoint i64 %.2153.02062.i, 1
  %142 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2153.02062.i
  %.2276.i = load double, ptr %142, align 8, !noalias !90
  %143 = getelementptr float, ptr %37, i64 %.2153.02062.i
  %.2329.i = load float, ptr %143, align 4, !noalias !90
  %.2332.i = fpext float %.2329.i to double
  %.2333.i = fmul double %.2276.i, %.2332.i
  store double %.2333.i, ptr %142, align 8, !noalias !90
  %.2395.i = fadd double %total.6.12064.i, %.2333.i
  %.2222.i.1 = or disjoint i64 %.2153.02062.i, 2
  %144 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2222.i
  %.2276.i.1 = load double, ptr %144, align 8, !noalias !90
  %145 = getelementptr float, ptr %37, i64 %.2222.i
  %.2329.i.1 = load float, ptr %145, align 4, !noalias !90
  %.2332.i.1 = fpext float %.2329.i.1 to double
  %.2333.i.1 = fmul double %.2276.i.1, %.2332.i.1
  store double %.2333.i.1, ptr %144, align 8, !noalias !90
  %.2395.i.1 = fadd double %.2395.i, %.2333.i.1
  %.2222.i.2 = or disjoint i64 %.2153.02062.i, 3
  %146 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2222.i.1
  %.2276.i.2 = load double, ptr %146, align 8, !noalias !90
  %147 = getelementptr float, ptr %37, i64 %.2222.i.1
  %.2329.i.2 = load float, ptr %147, align 4, !noalias !90
  %.2332.i.2 = fpext float %.2329.i.2 to double
  %.2333.i.2 = fmul double %.2276.i.2, %.2332.i.2
  store double %.2333.i.2, ptr %146, align 8, !noalias !90
  %.2395.i.2 = fadd double %.2395.i.1, %.2333.i.2
  %.2222.i.3 = add nuw nsw i64 %.2153.02062.i, 4
  %148 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2222.i.2
  %.2276.i.3 = load double, ptr %148, align 8, !noalias !90
  %149 = getelementptr float, ptr %37, i64 %.2222.i.2
  %.2329.i.3 = load float, ptr %149, align 4, !noalias !90
  %.2332.i.3 = fpext float %.2329.i.3 to double
  %.2333.i.3 = fmul double %.2276.i.3, %.2332.i.3
  store double %.2333.i.3, ptr %148, align 8, !noalias !90
  %.2395.i.3 = fadd double %.2395.i.2, %.2333.i.3
  %niter24.next.3 = add i64 %niter24, 4
  %niter24.ncmp.3 = icmp eq i64 %niter24.next.3, %unroll_iter23
  br i1 %niter24.ncmp.3, label %B800.i.loopexit.unr-lcssa, label %B724.if.i

B962.if.i:                                        ; preds = %B962.if.lr.ph.i, %B962.if.i
  %.2589.02067.i = phi i64 [ %.2658.i.3, %B962.if.i ], [ 0, %B962.if.lr.ph.i ]
  %niter30 = phi i64 [ %niter30.next.3, %B962.if.i ], [ 0, %B962.if.lr.ph.i ]
  %.2658.i = or disjoint i64 %.2589.02067.i, 1
  %150 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2589.02067.i
  %.2712.i = load double, ptr %150, align 8, !noalias !90
  %.2714.i = fmul double %"$phi930.1.2.1.i", %.2712.i
  store double %.2714.i, ptr %150, align 8, !noalias !90
  %151 = getelementptr float, ptr %41, i64 %.2589.02067.i
  %.2827.i = fptrunc double %.2714.i to float
  store float %.2827.i, ptr %151, align 4, !noalias !90
  %.2658.i.1 = or disjoint i64 %.2589.02067.i, 2
  %152 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2658.i
  %.2712.i.1 = load double, ptr %152, align 8, !noalias !90
  %.2714.i.1 = fmul double %"$phi930.1.2.1.i", %.2712.i.1
  store double %.2714.i.1, ptr %152, align 8, !noalias !90
  %153 = getelementptr float, ptr %41, i64 %.2658.i
  %.2827.i.1 = fptrunc double %.2714.i.1 to float
  store float %.2827.i.1, ptr %153, align 4, !noalias !90
  %.2658.i.2 = or disjoint i64 %.2589.02067.i, 3
  %154 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2658.i.1
  %.2712.i.2 = load double, ptr %154, align 8, !noalias !90
  %.2714.i.2 = fmul double %"$phi930.1.2.1.i", %.2712.i.2
  store double %.2714.i.2, ptr %154, align 8, !noalias !90
  %155 = getelementptr float, ptr %41, i64 %.2658.i.1
  %.2827.i.2 = fptrunc double %.2714.i.2 to float
  store float %.2827.i.2, ptr %155, align 4, !noalias !90
  %.2658.i.3 = add nuw nsw i64 %.2589.02067.i, 4
  %156 = getelementptr double, ptr %here.2.sroa.68.02072.i, i64 %.2658.i.2
  %.2712.i.3 = load double, ptr %156, align 8, !noalias !90
  %.2714.i.3 = fmul double %"$phi930.1.2.1.i", %.2712.i.3
  store double %.2714.i.3, ptr %156, align 8, !noalias !90
  %157 = getelementptr float, ptr %41, i64 %.2658.i.2
  %.2827.i.3 = fptrunc double %.2714.i.3 to float
  store float %.2827.i.3, ptr %157, align 4, !noalias !90
  %niter30.next.3 = add i64 %niter30, 4
  %niter30.ncmp.3 = icmp eq i64 %niter30.next.3, %unroll_iter29
  br i1 %niter30.ncmp.3, label %B1026.i.loopexit.unr-lcssa, label %B962.if.i

B1146.if.i:                                       ; preds = %B1146.if.i, %B1146.if.i.preheader.new
  %.3117.02079.i = phi i64 [ 0, %B1146.if.i.preheader.new ], [ %.3186.i.7, %B1146.if.i ]
  %niter36 = phi i64 [ 0, %B1146.if.i.preheader.new ], [ %niter36.next.7, %B1146.if.i ]
  %.3186.i = or disjoint i64 %.3117.02079.i, 1
  %158 = getelementptr double, ptr %arg.a5, i64 %.3117.02079.i
  %.3240.i = load double, ptr %158, align 8, !noalias !90
  %159 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3117.02079.i
  store double %.3240.i, ptr %159, align 8, !noalias !90
  %.3186.i.1 = or disjoint i64 %.3117.02079.i, 2
  %160 = getelementptr double, ptr %arg.a5, i64 %.3186.i
  %.3240.i.1 = load double, ptr %160, align 8, !noalias !90
  %161 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3186.i
  store double %.3240.i.1, ptr %161, align 8, !noalias !90
  %.3186.i.2 = or disjoint i64 %.3117.02079.i, 3
  %162 = getelementptr double, ptr %arg.a5, i64 %.3186.i.1
  %.3240.i.2 = load double, ptr %162, align 8, !noalias !90
  %163 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3186.i.1
  store double %.3240.i.2, ptr %163, align 8, !noalias !90
  %.3186.i.3 = or disjoint i64 %.3117.02079.i, 4
  %164 = getelementptr double, ptr %arg.a5, i64 %.3186.i.2
  %.3240.i.3 = load double, ptr %164, align 8, !noalias !90
  %165 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3186.i.2
  store double %.3240.i.3, ptr %165, align 8, !noalias !90
  %.3186.i.4 = or disjoint i64 %.3117.02079.i, 5
  %166 = getelementptr double, ptr %arg.a5, i64 %.3186.i.3
  %.3240.i.4 = load double, ptr %166, align 8, !noalias !90
  %167 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3186.i.3
  store double %.3240.i.4, ptr %167, align 8, !noalias !90
  %.3186.i.5 = or disjoint i64 %.3117.02079.i, 6
  %168 = getelementptr double, ptr %arg.a5, i64 %.3186.i.4
  %.3240.i.5 = load double, ptr %168, align 8, !noalias !90
  %169 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3186.i.4
  store double %.3240.i.5, ptr %169, align 8, !noalias !90
  %.3186.i.6 = or disjoint i64 %.3117.02079.i, 7
  %170 = getelementptr double, ptr %arg.a5, i64 %.3186.i.5
  %.3240.i.6 = load double, ptr %170, align 8, !noalias !90
  %171 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3186.i.5
  store double %.3240.i.6, ptr %171, align 8, !noalias !90
  %.3186.i.7 = add nuw nsw i64 %.3117.02079.i, 8
  %172 = getelementptr double, ptr %arg.a5, i64 %.3186.i.6
  %.3240.i.7 = load double, ptr %172, align 8, !noalias !90
  %173 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3186.i.6
  store double %.3240.i.7, ptr %173, align 8, !noalias !90
  %niter36.next.7 = add i64 %niter36, 8
  %niter36.ncmp.7 = icmp eq i64 %niter36.next.7, %unroll_iter35
  br i1 %niter36.ncmp.7, label %B1174.i.loopexit.unr-lcssa, label %B1146.if.i

B1228.if.i:                                       ; preds = %B2398.i, %B1228.if.lr.ph.i
  %.3330.02119.in.i = phi i64 [ %arg.a0_0, %B1228.if.lr.ph.i ], [ %.3330.02119.i, %B2398.i ]
  %b_after.2.02118.i = phi double [ 1.000000e+00, %B1228.if.lr.ph.i ], [ %.6014.i, %B2398.i ]
  %b_between.2.02117.i = phi double [ 0.000000e+00, %B1228.if.lr.ph.i ], [ %.6004.i, %B2398.i ]
  %b_waiting.2.02116.i = phi double [ 0.000000e+00, %B1228.if.lr.ph.i ], [ %.6009.i, %B2398.i ]
  %.3330.02119.i = add nsw i64 %.3330.02119.in.i, -1
  br i1 %.8562043.not.i, label %B1346.i, label %B1266.if.lr.ph.i

B1266.if.lr.ph.i:                                 ; preds = %B1228.if.i
  %.3596.i = mul i64 %.3330.02119.i, %arg.a11_1
  %174 = getelementptr float, ptr %arg.a11, i64 %.3596.i
  br i1 %51, label %B1266.if.i.epil.preheader, label %B1266.if.i

B1266.if.i:                                       ; preds = %B1266.if.lr.ph.i, %B1266.if.i
  %total.7.12084.i = phi double [ %.3742.i.3, %B1266.if.i ], [ 0.000000e+00, %B1266.if.lr.ph.i ]
  %.3455.02082.i = phi i64 [ %.3524.i.3, %B1266.if.i ], [ 0, %B1266.if.lr.ph.i ]
  %niter43 = phi i64 [ %niter43.next.3, %B1266.if.i ], [ 0, %B1266.if.lr.ph.i ]
  %.3524.i = or disjoint i64 %.3455.02082.i, 1
  %175 = getelementptr float, ptr %174, i64 %.3455.02082.i
  %.3601.i = load float, ptr %175, align 4, !noalias !90
  %176 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3455.02082.i
  %.3631.i = load double, ptr %176, align 8, !noalias !90
  %.3632.i = fpext float %.3601.i to double
  %.3633.i = fmul double %.3631.i, %.3632.i
  %.3681.i = fptrunc double %.3633.i to float
  store float %.3681.i, ptr %175, align 4, !noalias !90
  %.3741.i = fpext float %.3681.i to double
  %.3742.i = fadd double %total.7.12084.i, %.3741.i
  %.3524.i.1 = or disjoint i64 %.3455.02082.i, 2
  %177 = getelementptr float, ptr %174, i64 %.3524.i
  %.3601.i.1 = load float, ptr %177, align 4, !noalias !90
  %178 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3524.i
  %.3631.i.1 = load double, ptr %178, align 8, !noalias !90
  %.3632.i.1 = fpext float %.3601.i.1 to double
  %.3633.i.1 = fmul double %.3631.i.1, %.3632.i.1
  %.3681.i.1 = fptrunc double %.3633.i.1 to float
  store float %.3681.i.1, ptr %177, align 4, !noalias !90
  %.3741.i.1 = fpext float %.3681.i.1 to double
  %.3742.i.1 = fadd double %.3742.i, %.3741.i.1
  %.3524.i.2 = or disjoint i64 %.3455.02082.i, 3
  %179 = getelementptr float, ptr %174, i64 %.3524.i.1
  %.3601.i.2 = load float, ptr %179, align 4, !noalias !90
  %180 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3524.i.1
  %.3631.i.2 = load double, ptr %180, align 8, !noalias !90
  %.3632.i.2 = fpext float %.3601.i.2 to double
  %.3633.i.2 = fmul double %.3631.i.2, %.3632.i.2
  %.3681.i.2 = fptrunc double %.3633.i.2 to float
  store float %.3681.i.2, ptr %179, align 4, !noalias !90
  %.3741.i.2 = fpext float %.3681.i.2 to double
  %.3742.i.2 = fadd double %.3742.i.1, %.3741.i.2
  %.3524.i.3 = add nuw nsw i64 %.3455.02082.i, 4
  %181 = getelementptr float, ptr %174, i64 %.3524.i.2
  %.3601.i.3 = load float, ptr %181, align 4, !noalias !90
  %182 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.3524.i.2
  %.3631.i.3 = load double, ptr %182, align 8, !noalias !90
  %.3632.i.3 = fpext float %.3601.i.3 to double
  %.3633.i.3 = fmul double %.3631.i.3, %.3632.i.3
  %.3681.i.3 = fptrunc double %.3633.i.3 to float
  store float %.3681.i.3, ptr %181, align 4, !noalias !90
  %.3741.i.3 = fpext float %.3681.i.3 to double
  %.3742.i.3 = fadd double %.3742.i.2, %.3741.i.3
  %niter43.next.3 = add i64 %niter43, 4
  %niter43.ncmp.3 = icmp eq i64 %niter43.next.3, %unroll_iter42
  br i1 %niter43.ncmp.3, label %B1346.i.loopexit.unr-lcssa, label %B1266.if.i

B1490.if.i:                                       ; preds = %B1490.if.lr.ph.i, %B1490.if.i
  %.3994.02087.i = phi i64 [ %.4063.i.3, %B1490.if.i ], [ 0, %B1490.if.lr.ph.i ]
  %niter49 = phi i64 [ %niter49.next.3, %B1490.if.i ], [ 0, %B1490.if.lr.ph.i ]
  %183 = getelementptr float, ptr %61, i64 %.3994.02087.i
  %.4140.i = load float, ptr %183, align 4, !noalias !90
  %.4142.i = fpext float %.4140.i to double
  %.4146.i = fdiv double %.4142.i, %.3928.i
  %.4194.i = fptrunc double %.4146.i to float
  store float %.4194.i, ptr %183, align 4, !noalias !90
  %184 = getelementptr float, ptr %61, i64 %.3994.02087.i
  %185 = getelementptr i8, ptr %184, i64 4
  %.4140.i.1 = load float, ptr %185, align 4, !noalias !90
  %.4142.i.1 = fpext float %.4140.i.1 to double
  %.4146.i.1 = fdiv double %.4142.i.1, %.3928.i
  %.4194.i.1 = fptrunc double %.4146.i.1 to float
  store float %.4194.i.1, ptr %185, align 4, !noalias !90
  %186 = getelementptr float, ptr %61, i64 %.3994.02087.i
  %187 = getelementptr i8, ptr %186, i64 8
  %.4140.i.2 = load float, ptr %187, align 4, !noalias !90
  %.4142.i.2 = fpext float %.4140.i.2 to double
  %.4146.i.2 = fdiv double %.4142.i.2, %.3928.i
  %.4194.i.2 = fptrunc double %.4146.i.2 to float
  store float %.4194.i.2, ptr %187, align 4, !noalias !90
  %.4063.i.3 = add nuw nsw i64 %.3994.02087.i, 4
  %188 = getelementptr float, ptr %61, i64 %.3994.02087.i
  %189 = getelementptr i8, ptr %188, i64 12
  %.4140.i.3 = load float, ptr %189, align 4, !noalias !90
  %.4142.i.3 = fpext float %.4140.i.3 to double
  %.4146.i.3 = fdiv double %.4142.i.3, %.3928.i
  %.4194.i.3 = fptrunc double %.4146.i.3 to float
  store float %.4194.i.3, ptr %189, align 4, !noalias !90
  %niter49.next.3 = add i64 %niter49, 4
  %niter49.ncmp.3 = icmp eq i64 %niter49.next.3, %unroll_iter48
  br i1 %niter49.ncmp.3, label %B1532.i.loopexit.unr-lcssa, label %B1490.if.i

B1588.if.i:                                       ; preds = %B1588.if.lr.ph.i, %B1588.if.i
  %beginning.2.12093.i = phi double [ %.4690.i.1, %B1588.if.i ], [ 0.000000e+00, %B1588.if.lr.ph.i ]
  %entering.2.12092.i = phi double [ %.4625.i.1, %B1588.if.i ], [ 0.000000e+00, %B1588.if.lr.ph.i ]
  %.4292.02090.i = phi i64 [ %.4361.i.1, %B1588.if.i ], [ 0, %B1588.if.lr.ph.i ]
  %niter57 = phi i64 [ %niter57.next.1, %B1588.if.i ], [ 0, %B1588.if.lr.ph.i ]
  %.4361.i = or disjoint i64 %.4292.02090.i, 1
  %190 = getelementptr float, ptr %63, i64 %.4292.02090.i
  %.4438.i = load float, ptr %190, align 4, !noalias !90
  %191 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.4292.02090.i
  %.4470.i = load double, ptr %191, align 8, !noalias !90
  %.4471.i = fpext float %.4438.i to double
  %.4472.i = fmul double %.4470.i, %.4471.i
  %.4501.i = getelementptr double, ptr %.530.i, i64 %.4292.02090.i
  store double %.4472.i, ptr %.4501.i, align 8, !noalias !90
  %192 = getelementptr double, ptr %arg.a3, i64 %.4292.02090.i
  %.4532.i = load double, ptr %192, align 8, !noalias !90
  %.4563.i = fmul double %.4472.i, %.4532.i
  %.4592.i = getelementptr double, ptr %.390.i, i64 %.4292.02090.i
  store double %.4563.i, ptr %.4592.i, align 8, !noalias !90
  %.4625.i = fadd double %entering.2.12092.i, %.4563.i
  %193 = getelementptr double, ptr %arg.a4, i64 %.4292.02090.i
  %.4657.i = load double, ptr %193, align 8, !noalias !90
  %.4687.i = load double, ptr %.4501.i, align 8, !noalias !90
  %.4688.i = fmul double %.4657.i, %.4687.i
  %.4690.i = fadd double %beginning.2.12093.i, %.4688.i
  %.4361.i.1 = add nuw nsw i64 %.4292.02090.i, 2
  %194 = getelementptr float, ptr %63, i64 %.4361.i
  %.4438.i.1 = load float, ptr %194, align 4, !noalias !90
  %195 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.4361.i
  %.4470.i.1 = load double, ptr %195, align 8, !noalias !90
  %.4471.i.1 = fpext float %.4438.i.1 to double
  %.4472.i.1 = fmul double %.4470.i.1, %.4471.i.1
  %.4501.i.1 = getelementptr double, ptr %.530.i, i64 %.4361.i
  store double %.4472.i.1, ptr %.4501.i.1, align 8, !noalias !90
  %196 = getelementptr double, ptr %arg.a3, i64 %.4361.i
  %.4532.i.1 = load double, ptr %196, align 8, !noalias !90
  %.4563.i.1 = fmul double %.4472.i.1, %.4532.i.1
  %.4592.i.1 = getelementptr double, ptr %.390.i, i64 %.4361.i
  store double %.4563.i.1, ptr %.4592.i.1, align 8, !noalias !90
  %.4625.i.1 = fadd double %.4625.i, %.4563.i.1
  %197 = getelementptr double, ptr %arg.a4, i64 %.4361.i
  %.4657.i.1 = load double, ptr %197, align 8, !noalias !90
  %.4687.i.1 = load double, ptr %.4501.i.1, align 8, !noalias !90
  %.4688.i.1 = fmul double %.4657.i.1, %.4687.i.1
  %.4690.i.1 = fadd double %.4690.i, %.4688.i.1
  %niter57.next.1 = add i64 %niter57, 2
  %niter57.ncmp.1 = icmp eq i64 %niter57.next.1, %unroll_iter56
  br i1 %niter57.ncmp.1, label %B1740.i.loopexit.unr-lcssa, label %B1588.if.i

B1944.if.i:                                       ; preds = %B1944.if.i.preheader, %B1944.if.i
  %.4952.02097.i = phi i64 [ %.5021.i.3, %B1944.if.i ], [ 0, %B1944.if.i.preheader ]
  %niter69 = phi i64 [ %niter69.next.3, %B1944.if.i ], [ 0, %B1944.if.i.preheader ]
  %.5021.i = or disjoint i64 %.4952.02097.i, 1
  %198 = getelementptr double, ptr %arg.a2, i64 %.4952.02097.i
  %.5075.i = load double, ptr %198, align 8, !noalias !90
  %199 = getelementptr double, ptr %.460.i, i64 %.4952.02097.i
  %.5105.i = load double, ptr %199, align 8, !noalias !90
  %.5107.i = fadd double %.4804.i, %.5105.i
  %.5108.i = fmul double %.5075.i, %.5107.i
  %200 = getelementptr double, ptr %arg.a5, i64 %.4952.02097.i
  %.5138.i = load double, ptr %200, align 8, !noalias !90
  %.5140.i = fmul double %.4886.i, %.5138.i
  %.5141.i = fadd double %.5108.i, %.5140.i
  %201 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.4952.02097.i
  store double %.5141.i, ptr %201, align 8, !noalias !90
  %.5021.i.1 = or disjoint i64 %.4952.02097.i, 2
  %202 = getelementptr double, ptr %arg.a2, i64 %.5021.i
  %.5075.i.1 = load double, ptr %202, align 8, !noalias !90
  %203 = getelementptr double, ptr %.460.i, i64 %.5021.i
  %.5105.i.1 = load double, ptr %203, align 8, !noalias !90
  %.5107.i.1 = fadd double %.4804.i, %.5105.i.1
  %.5108.i.1 = fmul double %.5075.i.1, %.5107.i.1
  %204 = getelementptr double, ptr %arg.a5, i64 %.5021.i
  %.5138.i.1 = load double, ptr %204, align 8, !noalias !90
  %.5140.i.1 = fmul double %.4886.i, %.5138.i.1
  %.5141.i.1 = fadd double %.5108.i.1, %.5140.i.1
  %205 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5021.i
  store double %.5141.i.1, ptr %205, align 8, !noalias !90
  %.5021.i.2 = or disjoint i64 %.4952.02097.i, 3
  %206 = getelementptr double, ptr %arg.a2, i64 %.5021.i.1
  %.5075.i.2 = load double, ptr %206, align 8, !noalias !90
  %207 = getelementptr double, ptr %.460.i, i64 %.5021.i.1
  %.5105.i.2 = load double, ptr %207, align 8, !noalias !90
  %.5107.i.2 = fadd double %.4804.i, %.5105.i.2
  %.5108.i.2 = fmul double %.5075.i.2, %.5107.i.2
  %208 = getelementptr double, ptr %arg.a5, i64 %.5021.i.1
  %.5138.i.2 = load double, ptr %208, align 8, !noalias !90
  %.5140.i.2 = fmul double %.4886.i, %.5138.i.2
  %.5141.i.2 = fadd double %.5108.i.2, %.5140.i.2
  %209 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5021.i.1
  store double %.5141.i.2, ptr %209, align 8, !noalias !90
  %.5021.i.3 = add nuw nsw i64 %.4952.02097.i, 4
  %210 = getelementptr double, ptr %arg.a2, i64 %.5021.i.2
  %.5075.i.3 = load double, ptr %210, align 8, !noalias !90
  %211 = getelementptr double, ptr %.460.i, i64 %.5021.i.2
  %.5105.i.3 = load double, ptr %211, align 8, !noalias !90
  %.5107.i.3 = fadd double %.4804.i, %.5105.i.3
  %.5108.i.3 = fmul double %.5075.i.3, %.5107.i.3
  %212 = getelementptr double, ptr %arg.a5, i64 %.5021.i.2
  %.5138.i.3 = load double, ptr %212, align 8, !noalias !90
  %.5140.i.3 = fmul double %.4886.i, %.5138.i.3
  %.5141.i.3 = fadd double %.5108.i.3, %.5140.i.3
  %213 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5021.i.2
  store double %.5141.i.3, ptr %213, align 8, !noalias !90
  %niter69.next.3 = add i64 %niter69, 4
  %niter69.ncmp.3 = icmp eq i64 %niter69.next.3, %unroll_iter68
  br i1 %niter69.ncmp.3, label %B2020.i.loopexit.unr-lcssa, label %B1944.if.i

B2104.if.i:                                       ; preds = %B2020.i, %B2104.loopexit.i
  %indvars.iv2132.i = phi i64 [ %indvars.iv.next2133.i, %B2104.loopexit.i ], [ %arg.a0_1, %B2020.i ]
  %.5241.02103.i = phi i64 [ %.5310.i, %B2104.loopexit.i ], [ 0, %B2020.i ]
  %.5310.i = add nuw nsw i64 %.5241.02103.i, 1
  %214 = getelementptr double, ptr %arg.a1, i64 %.5241.02103.i
  %.5368.i = load double, ptr %214, align 8, !noalias !90
  %.54542099.not.not.i = icmp sgt i64 %arg.a0_1, %.5241.02103.i
  br i1 %.54542099.not.not.i, label %B2160.if.i.preheader, label %B2104.loopexit.i

B2160.if.i.preheader:                             ; preds = %B2104.if.i
  %215 = sub i64 %50, %.5241.02103.i
  %invariant.gep = getelementptr double, ptr %.530.i, i64 %.5241.02103.i
  %xtraiter70 = and i64 %indvars.iv2132.i, 3
  %216 = icmp ult i64 %215, 3
  br i1 %216, label %B2160.if.i.epil.preheader, label %B2160.if.i.preheader.new

B2160.if.i.preheader.new:                         ; preds = %B2160.if.i.preheader
  %unroll_iter74 = and i64 %indvars.iv2132.i, -4
  br label %B2160.if.i

B2160.if.i:                                       ; preds = %B2160.if.i, %B2160.if.i.preheader.new
  %.5398.02100.i = phi i64 [ 0, %B2160.if.i.preheader.new ], [ %.5467.i.3, %B2160.if.i ]
  %niter75 = phi i64 [ 0, %B2160.if.i.preheader.new ], [ %niter75.next.3, %B2160.if.i ]
  %.5467.i = or disjoint i64 %.5398.02100.i, 1
  %217 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5398.02100.i
  %.5521.i = load double, ptr %217, align 8, !noalias !90
  %gep = getelementptr double, ptr %invariant.gep, i64 %.5398.02100.i
  %.5553.i = load double, ptr %gep, align 8, !noalias !90
  %.5555.i = fmul double %.5368.i, %.5553.i
  %.5556.i = fadd double %.5521.i, %.5555.i
  store double %.5556.i, ptr %217, align 8, !noalias !90
  %.5467.i.1 = or disjoint i64 %.5398.02100.i, 2
  %218 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5467.i
  %.5521.i.1 = load double, ptr %218, align 8, !noalias !90
  %gep.1 = getelementptr double, ptr %invariant.gep, i64 %.5467.i
  %.5553.i.1 = load double, ptr %gep.1, align 8, !noalias !90
  %.5555.i.1 = fmul double %.5368.i, %.5553.i.1
  %.5556.i.1 = fadd double %.5521.i.1, %.5555.i.1
  store double %.5556.i.1, ptr %218, align 8, !noalias !90
  %.5467.i.2 = or disjoint i64 %.5398.02100.i, 3
  %219 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5467.i.1
  %.5521.i.2 = load double, ptr %219, align 8, !noalias !90
  %gep.2 = getelementptr double, ptr %invariant.gep, i64 %.5467.i.1
  %.5553.i.2 = load double, ptr %gep.2, align 8, !noalias !90
  %.5555.i.2 = fmul double %.5368.i, %.5553.i.2
  %.5556.i.2 = fadd double %.5521.i.2, %.5555.i.2
  store double %.5556.i.2, ptr %219, align 8, !noalias !90
  %.5467.i.3 = add nuw nsw i64 %.5398.02100.i, 4
  %220 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5467.i.2
  %.5521.i.3 = load double, ptr %220, align 8, !noalias !90
  %gep.3 = getelementptr double, ptr %invariant.gep, i64 %.5467.i.2
  %.5553.i.3 = load double, ptr %gep.3, align 8, !noalias !90
  %.5555.i.3 = fmul double %.5368.i, %.5553.i.3
  %.5556.i.3 = fadd double %.5521.i.3, %.5555.i.3
  store double %.5556.i.3, ptr %220, align 8, !noalias !90
  %niter75.next.3 = add i64 %niter75, 4
  %niter75.ncmp.3 = icmp eq i64 %niter75.next.3, %unroll_iter74
  br i1 %niter75.ncmp.3, label %B2104.loopexit.i.loopexit.unr-lcssa, label %B2160.if.i

B2254.if.i:                                       ; preds = %B2254.if.i.preheader, %B2254.if.i
  %largest.2.12108.i = phi double [ %.13.i2042.i.7, %B2254.if.i ], [ %.19.i.i, %B2254.if.i.preheader ]
  %.5631.02106.i = phi i64 [ %.5700.i.7, %B2254.if.i ], [ 0, %B2254.if.i.preheader ]
  %niter82 = phi i64 [ %niter82.next.7, %B2254.if.i ], [ 0, %B2254.if.i.preheader ]
  %221 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %.5754.i = load double, ptr %221, align 8, !noalias !90
  %.12.i.i = fcmp ogt double %.5754.i, %largest.2.12108.i
  %.13.i2042.i = select i1 %.12.i.i, double %.5754.i, double %largest.2.12108.i
  %222 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %223 = getelementptr i8, ptr %222, i64 8
  %.5754.i.1 = load double, ptr %223, align 8, !noalias !90
  %.12.i.i.1 = fcmp ogt double %.5754.i.1, %.13.i2042.i
  %.13.i2042.i.1 = select i1 %.12.i.i.1, double %.5754.i.1, double %.13.i2042.i
  %224 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %225 = getelementptr i8, ptr %224, i64 16
  %.5754.i.2 = load double, ptr %225, align 8, !noalias !90
  %.12.i.i.2 = fcmp ogt double %.5754.i.2, %.13.i2042.i.1
  %.13.i2042.i.2 = select i1 %.12.i.i.2, double %.5754.i.2, double %.13.i2042.i.1
  %226 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %227 = getelementptr i8, ptr %226, i64 24
  %.5754.i.3 = load double, ptr %227, align 8, !noalias !90
  %.12.i.i.3 = fcmp ogt double %.5754.i.3, %.13.i2042.i.2
  %.13.i2042.i.3 = select i1 %.12.i.i.3, double %.5754.i.3, double %.13.i2042.i.2
  %228 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %229 = getelementptr i8, ptr %228, i64 32
  %.5754.i.4 = load double, ptr %229, align 8, !noalias !90
  %.12.i.i.4 = fcmp ogt double %.5754.i.4, %.13.i2042.i.3
  %.13.i2042.i.4 = select i1 %.12.i.i.4, double %.5754.i.4, double %.13.i2042.i.3
  %230 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %231 = getelementptr i8, ptr %230, i64 40
  %.5754.i.5 = load double, ptr %231, align 8, !noalias !90
  %.12.i.i.5 = fcmp ogt double %.5754.i.5, %.13.i2042.i.4
  %.13.i2042.i.5 = select i1 %.12.i.i.5, double %.5754.i.5, double %.13.i2042.i.4
  %232 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %233 = getelementptr i8, ptr %232, i64 48
  %.5754.i.6 = load double, ptr %233, align 8, !noalias !90
  %.12.i.i.6 = fcmp ogt double %.5754.i.6, %.13.i2042.i.5
  %.13.i2042.i.6 = select i1 %.12.i.i.6, double %.5754.i.6, double %.13.i2042.i.5
  %.5700.i.7 = add nuw nsw i64 %.5631.02106.i, 8
  %234 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5631.02106.i
  %235 = getelementptr i8, ptr %234, i64 56
  %.5754.i.7 = load double, ptr %235, align 8, !noalias !90
  %.12.i.i.7 = fcmp ogt double %.5754.i.7, %.13.i2042.i.6
  %.13.i2042.i.7 = select i1 %.12.i.i.7, double %.5754.i.7, double %.13.i2042.i.6
  %niter82.next.7 = add i64 %niter82, 8
  %niter82.ncmp.7 = icmp eq i64 %niter82.next.7, %unroll_iter81
  br i1 %niter82.ncmp.7, label %B2304.i.loopexit.unr-lcssa, label %B2254.if.i

B2360.if.i:                                       ; preds = %B2360.if.i.preheader, %B2360.if.i
  %.5841.02111.i = phi i64 [ %.5910.i.7, %B2360.if.i ], [ 0, %B2360.if.i.preheader ]
  %niter88 = phi i64 [ %niter88.next.7, %B2360.if.i ], [ 0, %B2360.if.i.preheader ]
  %236 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %.5964.i = load double, ptr %236, align 8, !noalias !90
  %.5966.i = fmul double %"$phi2328.1.2.1.i", %.5964.i
  store double %.5966.i, ptr %236, align 8, !noalias !90
  %237 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %238 = getelementptr i8, ptr %237, i64 8
  %.5964.i.1 = load double, ptr %238, align 8, !noalias !90
  %.5966.i.1 = fmul double %"$phi2328.1.2.1.i", %.5964.i.1
  store double %.5966.i.1, ptr %238, align 8, !noalias !90
  %239 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %240 = getelementptr i8, ptr %239, i64 16
  %.5964.i.2 = load double, ptr %240, align 8, !noalias !90
  %.5966.i.2 = fmul double %"$phi2328.1.2.1.i", %.5964.i.2
  store double %.5966.i.2, ptr %240, align 8, !noalias !90
  %241 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %242 = getelementptr i8, ptr %241, i64 24
  %.5964.i.3 = load double, ptr %242, align 8, !noalias !90
  %.5966.i.3 = fmul double %"$phi2328.1.2.1.i", %.5964.i.3
  store double %.5966.i.3, ptr %242, align 8, !noalias !90
  %243 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %244 = getelementptr i8, ptr %243, i64 32
  %.5964.i.4 = load double, ptr %244, align 8, !noalias !90
  %.5966.i.4 = fmul double %"$phi2328.1.2.1.i", %.5964.i.4
  store double %.5966.i.4, ptr %244, align 8, !noalias !90
  %245 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %246 = getelementptr i8, ptr %245, i64 40
  %.5964.i.5 = load double, ptr %246, align 8, !noalias !90
  %.5966.i.5 = fmul double %"$phi2328.1.2.1.i", %.5964.i.5
  store double %.5966.i.5, ptr %246, align 8, !noalias !90
  %247 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %248 = getelementptr i8, ptr %247, i64 48
  %.5964.i.6 = load double, ptr %248, align 8, !noalias !90
  %.5966.i.6 = fmul double %"$phi2328.1.2.1.i", %.5964.i.6
  store double %.5966.i.6, ptr %248, align 8, !noalias !90
  %.5910.i.7 = add nuw nsw i64 %.5841.02111.i, 8
  %249 = getelementptr double, ptr %before.2.sroa.48.0.lcssa.i, i64 %.5841.02111.i
  %250 = getelementptr i8, ptr %249, i64 56
  %.5964.i.7 = load double, ptr %250, align 8, !noalias !90
  %.5966.i.7 = fmul double %"$phi2328.1.2.1.i", %.5964.i.7
  store double %.5966.i.7, ptr %250, align 8, !noalias !90
  %niter88.next.7 = add i64 %niter88, 8
  %niter88.ncmp.7 = icmp eq i64 %niter88.next.7, %unroll_iter87
  br i1 %niter88.ncmp.7, label %B2398.i.loopexit.unr-lcssa, label %B2360.if.i

_ZN11scorebridge7kernels7jumping9posteriorB3v26B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEdd5ArrayIdLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE.exit: ; preds = %B2398.i, %B1174.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null), !noalias !90
  tail call fastcc void @NRT_decref(ptr null)
  tail call fastcc void @NRT_decref(ptr null)
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

define ptr @posterior(ptr readonly captures(none) %.1, i64 %.2, i64 %.3, ptr readonly captures(none) %.4, i64 %.5, ptr readonly captures(none) %.6, i64 %.7, ptr readonly captures(none) %.8, i64 %.9, ptr readonly captures(none) %.10, i64 %.11, ptr readonly captures(none) %.12, i64 %.13, ptr readonly captures(none) %.14, i64 %.15, double %.16, double %.17, ptr captures(none) %.18, i64 %.19, i64 %.20, ptr captures(none) %.21, i64 %.22, i64 %.23, ptr captures(none) %.24, i64 %.25, i64 %.26, ptr writeonly captures(none) %.27, i64 %.28) local_unnamed_addr {
entry:
  %.30 = alloca ptr, align 8
  store ptr null, ptr %.30, align 8
  call fastcc void @_ZN13_3cdynamic_3e5entryB3v23B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float32_2axx10float64_2ax10float64_2ax10float64_2ax10float64_2ax10float64_2ax10float64_2axdd10float64_2axx10float64_2axx10float32_2axx10float32_2ax(ptr %.30, ptr %.1, i64 %.2, i64 %.3, ptr %.4, i64 %.5, ptr %.6, ptr %.8, ptr %.10, ptr %.12, ptr %.14, double %.16, double %.17, ptr %.18, i64 %.20, ptr %.21, i64 %.23, ptr %.24, i64 %.26, ptr %.27) #0
  %.44 = load ptr, ptr %.30, align 8
  ret ptr %.44
}

define internal fastcc void @_ZN13_3cdynamic_3e5entryB3v30B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float64_2ax10float64_2ax10float64_2ax10float64_2ax10float64_2axd10float64_2ax10float64_2ax(ptr noalias nonnull writeonly captures(none) %retptr, ptr readonly captures(none) %arg.a0, i64 %arg.a0_0, ptr readonly captures(none) %arg.a1, ptr readonly captures(none) %arg.a2, i64 %arg.a2_0, ptr readonly captures(none) %arg.a3, ptr readonly captures(none) %arg.a4, double %arg.a5, ptr captures(none) %arg.a6, i64 %arg.a6_0, ptr captures(none) %arg.a7, i64 %arg.a7_0) unnamed_addr {
entry:
  tail call fastcc void @NRT_incref(ptr null), !noalias !113
  tail call fastcc void @NRT_decref(ptr null), !noalias !113
  tail call fastcc void @NRT_incref(ptr null), !noalias !116
  tail call fastcc void @NRT_decref(ptr null), !noalias !116
  tail call fastcc void @NRT_incref(ptr null), !noalias !119
  tail call fastcc void @NRT_decref(ptr null), !noalias !119
  tail call fastcc void @NRT_incref(ptr null), !noalias !122
  tail call fastcc void @NRT_decref(ptr null), !noalias !122
  tail call fastcc void @NRT_incref(ptr null), !noalias !125
  tail call fastcc void @NRT_decref(ptr null), !noalias !125
  tail call fastcc void @NRT_incref(ptr null), !noalias !128
  tail call fastcc void @NRT_decref(ptr null), !noalias !128
  tail call fastcc void @NRT_incref(ptr null), !noalias !131
  tail call fastcc void @NRT_decref(ptr null), !noalias !131
  tail call fastcc void @NRT_incref(ptr null), !noalias !134
  tail call fastcc void @NRT_incref(ptr null), !noalias !134
  tail call fastcc void @NRT_incref(ptr null), !noalias !134
  tail call fastcc void @NRT_incref(ptr null), !noalias !134
  tail call fastcc void @NRT_incref(ptr null), !noalias !134
  tail call fastcc void @NRT_incref(ptr null), !noalias !134
  tail call fastcc void @NRT_incref(ptr null), !noalias !134
  %.200521.not.i = icmp slt i64 %arg.a0_0, 1
  br i1 %.200521.not.i, label %B110.i, label %B64.if.i.preheader

B64.if.i.preheader:                               ; preds = %entry
  %xtraiter = and i64 %arg.a0_0, 7
  %0 = icmp ult i64 %arg.a0_0, 8
  br i1 %0, label %B64.if.i.epil.preheader, label %B64.if.i.preheader.new

B64.if.i.preheader.new:                           ; preds = %B64.if.i.preheader
  %unroll_iter = and i64 %arg.a0_0, 9223372036854775800
  br label %B64.if.i

B110.i.loopexit.unr-lcssa:                        ; preds = %B64.if.i
  %lcmp.mod.not = icmp eq i64 %xtraiter, 0
  br i1 %lcmp.mod.not, label %B110.i, label %B64.if.i.epil.preheader

B64.if.i.epil.preheader:                          ; preds = %B110.i.loopexit.unr-lcssa, %B64.if.i.preheader
  %.142.0523.i.epil.init = phi i64 [ 0, %B64.if.i.preheader ], [ %.213.i.7, %B110.i.loopexit.unr-lcssa ]
  %lcmp.mod1 = icmp ne i64 %xtraiter, 0
  tail call void @llvm.assume(i1 %lcmp.mod1)
  br label %B64.if.i.epil

B64.if.i.epil:                                    ; preds = %B64.if.i.epil, %B64.if.i.epil.preheader
  %.142.0523.i.epil = phi i64 [ %.213.i.epil, %B64.if.i.epil ], [ %.142.0523.i.epil.init, %B64.if.i.epil.preheader ]
  %epil.iter = phi i64 [ %epil.iter.next, %B64.if.i.epil ], [ 0, %B64.if.i.epil.preheader ]
  %.213.i.epil = add nuw nsw i64 %.142.0523.i.epil, 1
  %1 = getelementptr double, ptr %arg.a0, i64 %.142.0523.i.epil
  %.267.i.epil = load double, ptr %1, align 8, !noalias !134
  %2 = getelementptr double, ptr %arg.a3, i64 %.142.0523.i.epil
  %.297.i.epil = load double, ptr %2, align 8, !noalias !134
  %.298.i.epil = fmul double %.267.i.epil, %.297.i.epil
  %3 = getelementptr double, ptr %arg.a6, i64 %.142.0523.i.epil
  store double %.298.i.epil, ptr %3, align 8, !noalias !134
  %epil.iter.next = add i64 %epil.iter, 1
  %epil.iter.cmp.not = icmp eq i64 %epil.iter.next, %xtraiter
  br i1 %epil.iter.cmp.not, label %B110.i, label %B64.if.i.epil, !llvm.loop !137

B110.i:                                           ; preds = %B110.i.loopexit.unr-lcssa, %B64.if.i.epil, %entry
  tail call fastcc void @NRT_decref(ptr null), !noalias !134
  tail call fastcc void @NRT_incref(ptr null), !noalias !138
  tail call fastcc void @NRT_incref(ptr null), !noalias !138
  %.129170.not.i.i = icmp slt i64 %arg.a6_0, 1
  br i1 %.129170.not.i.i, label %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i, label %B64.if.i.i.preheader

B64.if.i.i.preheader:                             ; preds = %B110.i
  %xtraiter2 = and i64 %arg.a6_0, 7
  %4 = icmp ult i64 %arg.a6_0, 8
  br i1 %4, label %B64.if.i.i.epil.preheader, label %B64.if.i.i.preheader.new

B64.if.i.i.preheader.new:                         ; preds = %B64.if.i.i.preheader
  %unroll_iter6 = and i64 %arg.a6_0, 9223372036854775800
  br label %B64.if.i.i

B64.if.i.i:                                       ; preds = %B64.if.i.i, %B64.if.i.i.preheader.new
  %carried.3.0173.i.i = phi double [ 0.000000e+00, %B64.if.i.i.preheader.new ], [ %.200.i.i.7, %B64.if.i.i ]
  %.71.0171.i.i = phi i64 [ 0, %B64.if.i.i.preheader.new ], [ %.142.i.i.7, %B64.if.i.i ]
  %niter7 = phi i64 [ 0, %B64.if.i.i.preheader.new ], [ %niter7.next.7, %B64.if.i.i ]
  %.142.i.i = or disjoint i64 %.71.0171.i.i, 1
  %.169.i.i = fmul double %arg.a5, %carried.3.0173.i.i
  %5 = getelementptr double, ptr %arg.a6, i64 %.71.0171.i.i
  %.199.i.i = load double, ptr %5, align 8, !noalias !138
  %.200.i.i = fadd double %.169.i.i, %.199.i.i
  %6 = getelementptr double, ptr %arg.a7, i64 %.71.0171.i.i
  store double %.200.i.i, ptr %6, align 8, !noalias !138
  %.142.i.i.1 = or disjoint i64 %.71.0171.i.i, 2
  %.169.i.i.1 = fmul double %arg.a5, %.200.i.i
  %7 = getelementptr double, ptr %arg.a6, i64 %.142.i.i
  %.199.i.i.1 = load double, ptr %7, align 8, !noalias !138
  %.200.i.i.1 = fadd double %.169.i.i.1, %.199.i.i.1
  %8 = getelementptr double, ptr %arg.a7, i64 %.142.i.i
  store double %.200.i.i.1, ptr %8, align 8, !noalias !138
  %.142.i.i.2 = or disjoint i64 %.71.0171.i.i, 3
  %.169.i.i.2 = fmul double %arg.a5, %.200.i.i.1
  %9 = getelementptr double, ptr %arg.a6, i64 %.142.i.i.1
  %.199.i.i.2 = load double, ptr %9, align 8, !noalias !138
  %.200.i.i.2 = fadd double %.169.i.i.2, %.199.i.i.2
  %10 = getelementptr double, ptr %arg.a7, i64 %.142.i.i.1
  store double %.200.i.i.2, ptr %10, align 8, !noalias !138
  %.142.i.i.3 = or disjoint i64 %.71.0171.i.i, 4
  %.169.i.i.3 = fmul double %arg.a5, %.200.i.i.2
  %11 = getelementptr double, ptr %arg.a6, i64 %.142.i.i.2
  %.199.i.i.3 = load double, ptr %11, align 8, !noalias !138
  %.200.i.i.3 = fadd double %.169.i.i.3, %.199.i.i.3
  %12 = getelementptr double, ptr %arg.a7, i64 %.142.i.i.2
  store double %.200.i.i.3, ptr %12, align 8, !noalias !138
  %.142.i.i.4 = or disjoint i64 %.71.0171.i.i, 5
  %.169.i.i.4 = fmul double %arg.a5, %.200.i.i.3
  %13 = getelementptr double, ptr %arg.a6, i64 %.142.i.i.3
  %.199.i.i.4 = load double, ptr %13, align 8, !noalias !138
  %.200.i.i.4 = fadd double %.169.i.i.4, %.199.i.i.4
  %14 = getelementptr double, ptr %arg.a7, i64 %.142.i.i.3
  store double %.200.i.i.4, ptr %14, align 8, !noalias !138
  %.142.i.i.5 = or disjoint i64 %.71.0171.i.i, 6
  %.169.i.i.5 = fmul double %arg.a5, %.200.i.i.4
  %15 = getelementptr double, ptr %arg.a6, i64 %.142.i.i.4
  %.199.i.i.5 = load double, ptr %15, align 8, !noalias !138
  %.200.i.i.5 = fadd double %.169.i.i.5, %.199.i.i.5
  %16 = getelementptr double, ptr %arg.a7, i64 %.142.i.i.4
  store double %.200.i.i.5, ptr %16, align 8, !noalias !138
  %.142.i.i.6 = or disjoint i64 %.71.0171.i.i, 7
  %.169.i.i.6 = fmul double %arg.a5, %.200.i.i.5
  %17 = getelementptr double, ptr %arg.a6, i64 %.142.i.i.5
  %.199.i.i.6 = load double, ptr %17, align 8, !noalias !138
  %.200.i.i.6 = fadd double %.169.i.i.6, %.199.i.i.6
  %18 = getelementptr double, ptr %arg.a7, i64 %.142.i.i.5
  store double %.200.i.i.6, ptr %18, align 8, !noalias !138
  %.142.i.i.7 = add nuw nsw i64 %.71.0171.i.i, 8
  %.169.i.i.7 = fmul double %arg.a5, %.200.i.i.6
  %19 = getelementptr double, ptr %arg.a6, i64 %.142.i.i.6
  %.199.i.i.7 = load double, ptr %19, align 8, !noalias !138
  %.200.i.i.7 = fadd double %.169.i.i.7, %.199.i.i.7
  %20 = getelementptr double, ptr %arg.a7, i64 %.142.i.i.6
  store double %.200.i.i.7, ptr %20, align 8, !noalias !138
  %niter7.next.7 = add i64 %niter7, 8
  %niter7.ncmp.7 = icmp eq i64 %niter7.next.7, %unroll_iter6
  br i1 %niter7.ncmp.7, label %B178.if.i.i.preheader.unr-lcssa, label %B64.if.i.i

B178.if.i.i.preheader.unr-lcssa:                  ; preds = %B64.if.i.i
  %lcmp.mod4.not = icmp eq i64 %xtraiter2, 0
  br i1 %lcmp.mod4.not, label %B178.if.i.i.preheader, label %B64.if.i.i.epil.preheader

B64.if.i.i.epil.preheader:                        ; preds = %B178.if.i.i.preheader.unr-lcssa, %B64.if.i.i.preheader
  %carried.3.0173.i.i.epil.init = phi double [ 0.000000e+00, %B64.if.i.i.preheader ], [ %.200.i.i.7, %B178.if.i.i.preheader.unr-lcssa ]
  %.71.0171.i.i.epil.init = phi i64 [ 0, %B64.if.i.i.preheader ], [ %.142.i.i.7, %B178.if.i.i.preheader.unr-lcssa ]
  %lcmp.mod5 = icmp ne i64 %xtraiter2, 0
  tail call void @llvm.assume(i1 %lcmp.mod5)
  br label %B64.if.i.i.epil

B64.if.i.i.epil:                                  ; preds = %B64.if.i.i.epil, %B64.if.i.i.epil.preheader
  %carried.3.0173.i.i.epil = phi double [ %.200.i.i.epil, %B64.if.i.i.epil ], [ %carried.3.0173.i.i.epil.init, %B64.if.i.i.epil.preheader ]
  %.71.0171.i.i.epil = phi i64 [ %.142.i.i.epil, %B64.if.i.i.epil ], [ %.71.0171.i.i.epil.init, %B64.if.i.i.epil.preheader ]
  %epil.iter3 = phi i64 [ %epil.iter3.next, %B64.if.i.i.epil ], [ 0, %B64.if.i.i.epil.preheader ]
  %.142.i.i.epil = add nuw nsw i64 %.71.0171.i.i.epil, 1
  %.169.i.i.epil = fmul double %arg.a5, %carried.3.0173.i.i.epil
  %21 = getelementptr double, ptr %arg.a6, i64 %.71.0171.i.i.epil
  %.199.i.i.epil = load double, ptr %21, align 8, !noalias !138
  %.200.i.i.epil = fadd double %.169.i.i.epil, %.199.i.i.epil
  %22 = getelementptr double, ptr %arg.a7, i64 %.71.0171.i.i.epil
  store double %.200.i.i.epil, ptr %22, align 8, !noalias !138
  %epil.iter3.next = add i64 %epil.iter3, 1
  %epil.iter3.cmp.not = icmp eq i64 %epil.iter3.next, %xtraiter2
  br i1 %epil.iter3.cmp.not, label %B178.if.i.i.preheader, label %B64.if.i.i.epil, !llvm.loop !141

B178.if.i.i.preheader:                            ; preds = %B64.if.i.i.epil, %B178.if.i.i.preheader.unr-lcssa
  br label %B178.if.i.i

B178.if.i.i:                                      ; preds = %B178.if.i.i.preheader, %B178.if.i.i
  %carried.1.2.0177.i.i = phi double [ %.466.i.i, %B178.if.i.i ], [ 0.000000e+00, %B178.if.i.i.preheader ]
  %.280.0176.i.i = phi i64 [ %.342.i.i, %B178.if.i.i ], [ %arg.a6_0, %B178.if.i.i.preheader ]
  %.342.i.i = add nsw i64 %.280.0176.i.i, -1
  %23 = getelementptr double, ptr %arg.a7, i64 %.342.i.i
  %.400.i.i = load double, ptr %23, align 8, !noalias !138
  %.402.i.i = fadd double %carried.1.2.0177.i.i, %.400.i.i
  store double %.402.i.i, ptr %23, align 8, !noalias !138
  %24 = getelementptr double, ptr %arg.a6, i64 %.342.i.i
  %.462.i.i = load double, ptr %24, align 8, !noalias !138
  %.464.i.i = fadd double %carried.1.2.0177.i.i, %.462.i.i
  %.466.i.i = fmul double %arg.a5, %.464.i.i
  %.333.i.i = icmp sgt i64 %.280.0176.i.i, 1
  br i1 %.333.i.i, label %B178.if.i.i, label %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i

_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i: ; preds = %B178.if.i.i, %B110.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !138
  tail call fastcc void @NRT_decref(ptr null), !noalias !138
  tail call fastcc void @NRT_decref(ptr null), !noalias !134
  br i1 %.200521.not.i, label %B224.i, label %B174.if.i.preheader

B174.if.i.preheader:                              ; preds = %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i
  %xtraiter8 = and i64 %arg.a0_0, 7
  %25 = icmp ult i64 %arg.a0_0, 8
  br i1 %25, label %B174.if.i.epil.preheader, label %B174.if.i.preheader.new

B174.if.i.preheader.new:                          ; preds = %B174.if.i.preheader
  %unroll_iter12 = and i64 %arg.a0_0, 9223372036854775800
  br label %B174.if.i

B224.i.loopexit.unr-lcssa:                        ; preds = %B174.if.i
  %lcmp.mod10.not = icmp eq i64 %xtraiter8, 0
  br i1 %lcmp.mod10.not, label %B224.i, label %B174.if.i.epil.preheader

B174.if.i.epil.preheader:                         ; preds = %B224.i.loopexit.unr-lcssa, %B174.if.i.preheader
  %.402.0525.i.epil.init = phi i64 [ 0, %B174.if.i.preheader ], [ %.471.i.7, %B224.i.loopexit.unr-lcssa ]
  %lcmp.mod11 = icmp ne i64 %xtraiter8, 0
  tail call void @llvm.assume(i1 %lcmp.mod11)
  br label %B174.if.i.epil

B174.if.i.epil:                                   ; preds = %B174.if.i.epil, %B174.if.i.epil.preheader
  %.402.0525.i.epil = phi i64 [ %.471.i.epil, %B174.if.i.epil ], [ %.402.0525.i.epil.init, %B174.if.i.epil.preheader ]
  %epil.iter9 = phi i64 [ %epil.iter9.next, %B174.if.i.epil ], [ 0, %B174.if.i.epil.preheader ]
  %.471.i.epil = add nuw nsw i64 %.402.0525.i.epil, 1
  %26 = getelementptr double, ptr %arg.a7, i64 %.402.0525.i.epil
  %.525.i.epil = load double, ptr %26, align 8, !noalias !134
  %27 = getelementptr double, ptr %arg.a4, i64 %.402.0525.i.epil
  %.555.i.epil = load double, ptr %27, align 8, !noalias !134
  %.556.i.epil = fmul double %.525.i.epil, %.555.i.epil
  store double %.556.i.epil, ptr %26, align 8, !noalias !134
  %epil.iter9.next = add i64 %epil.iter9, 1
  %epil.iter9.cmp.not = icmp eq i64 %epil.iter9.next, %xtraiter8
  br i1 %epil.iter9.cmp.not, label %B224.i, label %B174.if.i.epil, !llvm.loop !142

B224.i:                                           ; preds = %B224.i.loopexit.unr-lcssa, %B174.if.i.epil, %_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE.exit.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !134
  %.13.i.i = tail call i64 @llvm.smin.i64(i64 %arg.a0_0, i64 %arg.a2_0)
  %.715530.not.i = icmp slt i64 %.13.i.i, 1
  br i1 %.715530.not.i, label %B420.i, label %B308.if.i

B308.loopexit.i:                                  ; preds = %B344.if.i.prol.loopexit, %B344.if.i, %B308.if.i
  %exitcond542.not.i = icmp eq i64 %.13.i.i, %.728.i
  br i1 %exitcond542.not.i, label %B420.i, label %B308.if.i

B420.i:                                           ; preds = %B308.loopexit.i, %B224.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !134
  tail call fastcc void @NRT_decref(ptr null), !noalias !134
  br i1 %.200521.not.i, label %B526.i, label %B454.if.i.preheader

B454.if.i.preheader:                              ; preds = %B420.i
  %xtraiter16 = and i64 %arg.a0_0, 3
  %28 = icmp ult i64 %arg.a0_0, 4
  br i1 %28, label %B454.if.i.epil.preheader, label %B454.if.i.preheader.new

B454.if.i.preheader.new:                          ; preds = %B454.if.i.preheader
  %unroll_iter21 = and i64 %arg.a0_0, 9223372036854775804
  br label %B454.if.i

B526.i.loopexit.unr-lcssa:                        ; preds = %B454.if.i
  %lcmp.mod18.not = icmp eq i64 %xtraiter16, 0
  br i1 %lcmp.mod18.not, label %B526.i, label %B454.if.i.epil.preheader

B454.if.i.epil.preheader:                         ; preds = %B526.i.loopexit.unr-lcssa, %B454.if.i.preheader
  %total.2.0536.i.epil.init = phi double [ 0.000000e+00, %B454.if.i.preheader ], [ %.1265.i.3, %B526.i.loopexit.unr-lcssa ]
  %.1049.0534.i.epil.init = phi i64 [ 0, %B454.if.i.preheader ], [ %.1118.i.3, %B526.i.loopexit.unr-lcssa ]
  %lcmp.mod20 = icmp ne i64 %xtraiter16, 0
  tail call void @llvm.assume(i1 %lcmp.mod20)
  br label %B454.if.i.epil

B454.if.i.epil:                                   ; preds = %B454.if.i.epil, %B454.if.i.epil.preheader
  %total.2.0536.i.epil = phi double [ %.1265.i.epil, %B454.if.i.epil ], [ %total.2.0536.i.epil.init, %B454.if.i.epil.preheader ]
  %.1049.0534.i.epil = phi i64 [ %.1118.i.epil, %B454.if.i.epil ], [ %.1049.0534.i.epil.init, %B454.if.i.epil.preheader ]
  %epil.iter17 = phi i64 [ %epil.iter17.next, %B454.if.i.epil ], [ 0, %B454.if.i.epil.preheader ]
  %.1118.i.epil = add nuw nsw i64 %.1049.0534.i.epil, 1
  %29 = getelementptr double, ptr %arg.a7, i64 %.1049.0534.i.epil
  %.1172.i.epil = load double, ptr %29, align 8, !noalias !134
  %30 = getelementptr double, ptr %arg.a1, i64 %.1049.0534.i.epil
  %.1202.i.epil = load double, ptr %30, align 8, !noalias !134
  %.1203.i.epil = fmul double %.1172.i.epil, %.1202.i.epil
  store double %.1203.i.epil, ptr %29, align 8, !noalias !134
  %.1265.i.epil = fadd double %total.2.0536.i.epil, %.1203.i.epil
  %epil.iter17.next = add i64 %epil.iter17, 1
  %epil.iter17.cmp.not = icmp eq i64 %epil.iter17.next, %xtraiter16
  br i1 %epil.iter17.cmp.not, label %B526.i, label %B454.if.i.epil, !llvm.loop !143

B526.i:                                           ; preds = %B526.i.loopexit.unr-lcssa, %B454.if.i.epil, %B420.i
  %total.2.0.lcssa.i = phi double [ 0.000000e+00, %B420.i ], [ %.1265.i.3, %B526.i.loopexit.unr-lcssa ], [ %.1265.i.epil, %B454.if.i.epil ]
  tail call fastcc void @NRT_decref(ptr null), !noalias !134
  %.1280.i = fcmp ule double %total.2.0.lcssa.i, 0.000000e+00
  %brmerge = or i1 %.1280.i, %.200521.not.i
  br i1 %brmerge, label %_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit, label %B568.if.i.preheader

B568.if.i.preheader:                              ; preds = %B526.i
  %31 = add nsw i64 %arg.a0_0, -1
  %xtraiter23 = and i64 %arg.a0_0, 7
  %32 = icmp ult i64 %31, 7
  br i1 %32, label %B568.if.i.epil.preheader, label %B568.if.i.preheader.new

B568.if.i.preheader.new:                          ; preds = %B568.if.i.preheader
  %unroll_iter27 = and i64 %arg.a0_0, 9223372036854775800
  br label %B568.if.i

B64.if.i:                                         ; preds = %B64.if.i, %B64.if.i.preheader.new
  %.142.0523.i = phi i64 [ 0, %B64.if.i.preheader.new ], [ %.213.i.7, %B64.if.i ]
  %niter = phi i64 [ 0, %B64.if.i.preheader.new ], [ %niter.next.7, %B64.if.i ]
  %.213.i = or disjoint i64 %.142.0523.i, 1
  %33 = getelementptr double, ptr %arg.a0, i64 %.142.0523.i
  %.267.i = load double, ptr %33, align 8, !noalias !134
  %34 = getelementptr double, ptr %arg.a3, i64 %.142.0523.i
  %.297.i = load double, ptr %34, align 8, !noalias !134
  %.298.i = fmul double %.267.i, %.297.i
  %35 = getelementptr double, ptr %arg.a6, i64 %.142.0523.i
  store double %.298.i, ptr %35, align 8, !noalias !134
  %.213.i.1 = or disjoint i64 %.142.0523.i, 2
  %36 = getelementptr double, ptr %arg.a0, i64 %.213.i
  %.267.i.1 = load double, ptr %36, align 8, !noalias !134
  %37 = getelementptr double, ptr %arg.a3, i64 %.213.i
  %.297.i.1 = load double, ptr %37, align 8, !noalias !134
  %.298.i.1 = fmul double %.267.i.1, %.297.i.1
  %38 = getelementptr double, ptr %arg.a6, i64 %.213.i
  store double %.298.i.1, ptr %38, align 8, !noalias !134
  %.213.i.2 = or disjoint i64 %.142.0523.i, 3
  %39 = getelementptr double, ptr %arg.a0, i64 %.213.i.1
  %.267.i.2 = load double, ptr %39, align 8, !noalias !134
  %40 = getelementptr double, ptr %arg.a3, i64 %.213.i.1
  %.297.i.2 = load double, ptr %40, align 8, !noalias !134
  %.298.i.2 = fmul double %.267.i.2, %.297.i.2
  %41 = getelementptr double, ptr %arg.a6, i64 %.213.i.1
  store double %.298.i.2, ptr %41, align 8, !noalias !134
  %.213.i.3 = or disjoint i64 %.142.0523.i, 4
  %42 = getelementptr double, ptr %arg.a0, i64 %.213.i.2
  %.267.i.3 = load double, ptr %42, align 8, !noalias !134
  %43 = getelementptr double, ptr %arg.a3, i64 %.213.i.2
  %.297.i.3 = load double, ptr %43, align 8, !noalias !134
  %.298.i.3 = fmul double %.267.i.3, %.297.i.3
  %44 = getelementptr double, ptr %arg.a6, i64 %.213.i.2
  store double %.298.i.3, ptr %44, align 8, !noalias !134
  %.213.i.4 = or disjoint i64 %.142.0523.i, 5
  %45 = getelementptr double, ptr %arg.a0, i64 %.213.i.3
  %.267.i.4 = load double, ptr %45, align 8, !noalias !134
  %46 = getelementptr double, ptr %arg.a3, i64 %.213.i.3
  %.297.i.4 = load double, ptr %46, align 8, !noalias !134
  %.298.i.4 = fmul double %.267.i.4, %.297.i.4
  %47 = getelementptr double, ptr %arg.a6, i64 %.213.i.3
  store double %.298.i.4, ptr %47, align 8, !noalias !134
  %.213.i.5 = or disjoint i64 %.142.0523.i, 6
  %48 = getelementptr double, ptr %arg.a0, i64 %.213.i.4
  %.267.i.5 = load double, ptr %48, align 8, !noalias !134
  %49 = getelementptr double, ptr %arg.a3, i64 %.213.i.4
  %.297.i.5 = load double, ptr %49, align 8, !noalias !134
  %.298.i.5 = fmul double %.267.i.5, %.297.i.5
  %50 = getelementptr double, ptr %arg.a6, i64 %.213.i.4
  store double %.298.i.5, ptr %50, align 8, !noalias !134
  %.213.i.6 = or disjoint i64 %.142.0523.i, 7
  %51 = getelementptr double, ptr %arg.a0, i64 %.213.i.5
  %.267.i.6 = load double, ptr %51, align 8, !noalias !134
  %52 = getelementptr double, ptr %arg.a3, i64 %.213.i.5
  %.297.i.6 = load double, ptr %52, align 8, !noalias !134
  %.298.i.6 = fmul double %.267.i.6, %.297.i.6
  %53 = getelementptr double, ptr %arg.a6, i64 %.213.i.5
  store double %.298.i.6, ptr %53, align 8, !noalias !134
  %.213.i.7 = add nuw nsw i64 %.142.0523.i, 8
  %54 = getelementptr double, ptr %arg.a0, i64 %.213.i.6
  %.267.i.7 = load double, ptr %54, align 8, !noalias !134
  %55 = getelementptr double, ptr %arg.a3, i64 %.213.i.6
  %.297.i.7 = load double, ptr %55, align 8, !noalias !134
  %.298.i.7 = fmul double %.267.i.7, %.297.i.7
  %56 = getelementptr double, ptr %arg.a6, i64 %.213.i.6
  store double %.298.i.7, ptr %56, align 8, !noalias !134
  %niter.next.7 = add i64 %niter, 8
  %niter.ncmp.7 = icmp eq i64 %niter.next.7, %unroll_iter
  br i1 %niter.ncmp.7, label %B110.i.loopexit.unr-lcssa, label %B64.if.i

B174.if.i:                                        ; preds = %B174.if.i, %B174.if.i.preheader.new
  %.402.0525.i = phi i64 [ 0, %B174.if.i.preheader.new ], [ %.471.i.7, %B174.if.i ]
  %niter13 = phi i64 [ 0, %B174.if.i.preheader.new ], [ %niter13.next.7, %B174.if.i ]
  %.471.i = or disjoint i64 %.402.0525.i, 1
  %57 = getelementptr double, ptr %arg.a7, i64 %.402.0525.i
  %.525.i = load double, ptr %57, align 8, !noalias !134
  %58 = getelementptr double, ptr %arg.a4, i64 %.402.0525.i
  %.555.i = load double, ptr %58, align 8, !noalias !134
  %.556.i = fmul double %.525.i, %.555.i
  store double %.556.i, ptr %57, align 8, !noalias !134
  %.471.i.1 = or disjoint i64 %.402.0525.i, 2
  %59 = getelementptr double, ptr %arg.a7, i64 %.471.i
  %.525.i.1 = load double, ptr %59, align 8, !noalias !134
  %60 = getelementptr double, ptr %arg.a4, i64 %.471.i
  %.555.i.1 = load double, ptr %60, align 8, !noalias !134
  %.556.i.1 = fmul double %.525.i.1, %.555.i.1
  store double %.556.i.1, ptr %59, align 8, !noalias !134
  %.471.i.2 = or disjoint i64 %.402.0525.i, 3
  %61 = getelementptr double, ptr %arg.a7, i64 %.471.i.1
  %.525.i.2 = load double, ptr %61, align 8, !noalias !134
  %62 = getelementptr double, ptr %arg.a4, i64 %.471.i.1
  %.555.i.2 = load double, ptr %62, align 8, !noalias !134
  %.556.i.2 = fmul double %.525.i.2, %.555.i.2
  store double %.556.i.2, ptr %61, align 8, !noalias !134
  %.471.i.3 = or disjoint i64 %.402.0525.i, 4
  %63 = getelementptr double, ptr %arg.a7, i64 %.471.i.2
  %.525.i.3 = load double, ptr %63, align 8, !noalias !134
  %64 = getelementptr double, ptr %arg.a4, i64 %.471.i.2
  %.555.i.3 = load double, ptr %64, align 8, !noalias !134
  %.556.i.3 = fmul double %.525.i.3, %.555.i.3
  store double %.556.i.3, ptr %63, align 8, !noalias !134
  %.471.i.4 = or disjoint i64 %.402.0525.i, 5
  %65 = getelementptr double, ptr %arg.a7, i64 %.471.i.3
  %.525.i.4 = load double, ptr %65, align 8, !noalias !134
  %66 = getelementptr double, ptr %arg.a4, i64 %.471.i.3
  %.555.i.4 = load double, ptr %66, align 8, !noalias !134
  %.556.i.4 = fmul double %.525.i.4, %.555.i.4
  store double %.556.i.4, ptr %65, align 8, !noalias !134
  %.471.i.5 = or disjoint i64 %.402.0525.i, 6
  %67 = getelementptr double, ptr %arg.a7, i64 %.471.i.4
  %.525.i.5 = load double, ptr %67, align 8, !noalias !134
  %68 = getelementptr double, ptr %arg.a4, i64 %.471.i.4
  %.555.i.5 = load double, ptr %68, align 8, !noalias !134
  %.556.i.5 = fmul double %.525.i.5, %.555.i.5
  store double %.556.i.5, ptr %67, align 8, !noalias !134
  %.471.i.6 = or disjoint i64 %.402.0525.i, 7
  %69 = getelementptr double, ptr %arg.a7, i64 %.471.i.5
  %.525.i.6 = load double, ptr %69, align 8, !noalias !134
  %70 = getelementptr double, ptr %arg.a4, i64 %.471.i.5
  %.555.i.6 = load double, ptr %70, align 8, !noalias !134
  %.556.i.6 = fmul double %.525.i.6, %.555.i.6
  store double %.556.i.6, ptr %69, align 8, !noalias !134
  %.471.i.7 = add nuw nsw i64 %.402.0525.i, 8
  %71 = getelementptr double, ptr %arg.a7, i64 %.471.i.6
  %.525.i.7 = load double, ptr %71, align 8, !noalias !134
  %72 = getelementptr double, ptr %arg.a4, i64 %.471.i.6
  %.555.i.7 = load double, ptr %72, align 8, !noalias !134
  %.556.i.7 = fmul double %.525.i.7, %.555.i.7
  store double %.556.i.7, ptr %71, align 8, !noalias !134
  %niter13.next.7 = add i64 %niter13, 8
  %niter13.ncmp.7 = icmp eq i64 %niter13.next.7, %unroll_iter12
  br i1 %niter13.ncmp.7, label %B224.i.loopexit.unr-lcssa, label %B174.if.i

B308.if.i:                                        ; preds = %B224.i, %B308.loopexit.i
  %.659.0531.i = phi i64 [ %.728.i, %B308.loopexit.i ], [ 0, %B224.i ]
  %.728.i = add nuw nsw i64 %.659.0531.i, 1
  %.794.i = sub i64 %arg.a0_0, %.659.0531.i
  %.837527.not.i = icmp slt i64 %.794.i, 1
  br i1 %.837527.not.i, label %B308.loopexit.i, label %B344.if.lr.ph.i

B344.if.lr.ph.i:                                  ; preds = %B308.if.i
  %73 = sub i64 %arg.a0_0, %.659.0531.i
  %74 = getelementptr double, ptr %arg.a2, i64 %.659.0531.i
  %xtraiter14 = and i64 %73, 3
  %lcmp.mod15.not = icmp eq i64 %xtraiter14, 0
  br i1 %lcmp.mod15.not, label %B344.if.i.prol.loopexit, label %B344.if.i.prol

B344.if.i.prol:                                   ; preds = %B344.if.lr.ph.i, %B344.if.i.prol
  %.781.0528.i.prol = phi i64 [ %.850.i.prol, %B344.if.i.prol ], [ %.659.0531.i, %B344.if.lr.ph.i ]
  %prol.iter = phi i64 [ %prol.iter.next, %B344.if.i.prol ], [ 0, %B344.if.lr.ph.i ]
  %.850.i.prol = add nuw i64 %.781.0528.i.prol, 1
  %.888.i.prol = icmp slt i64 %.781.0528.i.prol, 0
  %.889.i.prol = select i1 %.888.i.prol, i64 %arg.a7_0, i64 0
  %75 = getelementptr double, ptr %arg.a7, i64 %.781.0528.i.prol
  %.903.i.prol = getelementptr double, ptr %75, i64 %.889.i.prol
  %.904.i.prol = load double, ptr %.903.i.prol, align 8, !noalias !134
  %.935.i.prol = load double, ptr %74, align 8, !noalias !134
  %.937.i.prol = sub nuw nsw i64 %.781.0528.i.prol, %.659.0531.i
  %76 = getelementptr double, ptr %arg.a0, i64 %.937.i.prol
  %.967.i.prol = load double, ptr %76, align 8, !noalias !134
  %.968.i.prol = fmul double %.935.i.prol, %.967.i.prol
  %.969.i.prol = fadd double %.904.i.prol, %.968.i.prol
  store double %.969.i.prol, ptr %.903.i.prol, align 8, !noalias !134
  %prol.iter.next = add i64 %prol.iter, 1
  %prol.iter.cmp.not = icmp eq i64 %prol.iter.next, %xtraiter14
  br i1 %prol.iter.cmp.not, label %B344.if.i.prol.loopexit, label %B344.if.i.prol, !llvm.loop !144

B344.if.i.prol.loopexit:                          ; preds = %B344.if.i.prol, %B344.if.lr.ph.i
  %.781.0528.i.unr = phi i64 [ %.659.0531.i, %B344.if.lr.ph.i ], [ %.850.i.prol, %B344.if.i.prol ]
  %77 = sub i64 %.659.0531.i, %arg.a0_0
  %78 = icmp ugt i64 %77, -4
  br i1 %78, label %B308.loopexit.i, label %B344.if.i

B344.if.i:                                        ; preds = %B344.if.i.prol.loopexit, %B344.if.i
  %.781.0528.i = phi i64 [ %.850.i.3, %B344.if.i ], [ %.781.0528.i.unr, %B344.if.i.prol.loopexit ]
  %.850.i = add nuw i64 %.781.0528.i, 1
  %.888.i = icmp slt i64 %.781.0528.i, 0
  %.889.i = select i1 %.888.i, i64 %arg.a7_0, i64 0
  %79 = getelementptr double, ptr %arg.a7, i64 %.781.0528.i
  %.903.i = getelementptr double, ptr %79, i64 %.889.i
  %.904.i = load double, ptr %.903.i, align 8, !noalias !134
  %.935.i = load double, ptr %74, align 8, !noalias !134
  %.937.i = sub nuw nsw i64 %.781.0528.i, %.659.0531.i
  %80 = getelementptr double, ptr %arg.a0, i64 %.937.i
  %.967.i = load double, ptr %80, align 8, !noalias !134
  %.968.i = fmul double %.935.i, %.967.i
  %.969.i = fadd double %.904.i, %.968.i
  store double %.969.i, ptr %.903.i, align 8, !noalias !134
  %.850.i.1 = add nuw i64 %.781.0528.i, 2
  %.888.i.1 = icmp slt i64 %.850.i, 0
  %.889.i.1 = select i1 %.888.i.1, i64 %arg.a7_0, i64 0
  %81 = getelementptr double, ptr %arg.a7, i64 %.850.i
  %.903.i.1 = getelementptr double, ptr %81, i64 %.889.i.1
  %.904.i.1 = load double, ptr %.903.i.1, align 8, !noalias !134
  %.935.i.1 = load double, ptr %74, align 8, !noalias !134
  %.937.i.1 = sub nuw nsw i64 %.850.i, %.659.0531.i
  %82 = getelementptr double, ptr %arg.a0, i64 %.937.i.1
  %.967.i.1 = load double, ptr %82, align 8, !noalias !134
  %.968.i.1 = fmul double %.935.i.1, %.967.i.1
  %.969.i.1 = fadd double %.904.i.1, %.968.i.1
  store double %.969.i.1, ptr %.903.i.1, align 8, !noalias !134
  %.850.i.2 = add nuw i64 %.781.0528.i, 3
  %.888.i.2 = icmp slt i64 %.850.i.1, 0
  %.889.i.2 = select i1 %.888.i.2, i64 %arg.a7_0, i64 0
  %83 = getelementptr double, ptr %arg.a7, i64 %.850.i.1
  %.903.i.2 = getelementptr double, ptr %83, i64 %.889.i.2
  %.904.i.2 = load double, ptr %.903.i.2, align 8, !noalias !134
  %.935.i.2 = load double, ptr %74, align 8, !noalias !134
  %.937.i.2 = sub nuw nsw i64 %.850.i.1, %.659.0531.i
  %84 = getelementptr double, ptr %arg.a0, i64 %.937.i.2
  %.967.i.2 = load double, ptr %84, align 8, !noalias !134
  %.968.i.2 = fmul double %.935.i.2, %.967.i.2
  %.969.i.2 = fadd double %.904.i.2, %.968.i.2
  store double %.969.i.2, ptr %.903.i.2, align 8, !noalias !134
  %.850.i.3 = add nuw i64 %.781.0528.i, 4
  %.888.i.3 = icmp slt i64 %.850.i.2, 0
  %.889.i.3 = select i1 %.888.i.3, i64 %arg.a7_0, i64 0
  %85 = getelementptr double, ptr %arg.a7, i64 %.850.i.2
  %.903.i.3 = getelementptr double, ptr %85, i64 %.889.i.3
  %.904.i.3 = load double, ptr %.903.i.3, align 8, !noalias !134
  %.935.i.3 = load double, ptr %74, align 8, !noalias !134
  %.937.i.3 = sub nuw nsw i64 %.850.i.2, %.659.0531.i
  %86 = getelementptr double, ptr %arg.a0, i64 %.937.i.3
  %.967.i.3 = load double, ptr %86, align 8, !noalias !134
  %.968.i.3 = fmul double %.935.i.3, %.967.i.3
  %.969.i.3 = fadd double %.904.i.3, %.968.i.3
  store double %.969.i.3, ptr %.903.i.3, align 8, !noalias !134
  %exitcond541.not.i.3 = icmp eq i64 %.850.i.3, %arg.a0_0
  br i1 %exitcond541.not.i.3, label %B308.loopexit.i, label %B344.if.i

B454.if.i:                                        ; preds = %B454.if.i, %B454.if.i.preheader.new
  %total.2.0536.i = phi double [ 0.000000e+00, %B454.if.i.preheader.new ], [ %.1265.i.3, %B454.if.i ]
  %.1049.0534.i = phi i64 [ 0, %B454.if.i.preheader.new ], [ %.1118.i.3, %B454.if.i ]
  %niter22 = phi i64 [ 0, %B454.if.i.preheader.new ], [ %niter22.next.3, %B454.if.i ]
  %.1118.i = or disjoint i64 %.1049.0534.i, 1
  %87 = getelementptr double, ptr %arg.a7, i64 %.1049.0534.i
  %.1172.i = load double, ptr %87, align 8, !noalias !134
  %88 = getelementptr double, ptr %arg.a1, i64 %.1049.0534.i
  %.1202.i = load double, ptr %88, align 8, !noalias !134
  %.1203.i = fmul double %.1172.i, %.1202.i
  store double %.1203.i, ptr %87, align 8, !noalias !134
  %.1265.i = fadd double %total.2.0536.i, %.1203.i
  %.1118.i.1 = or disjoint i64 %.1049.0534.i, 2
  %89 = getelementptr double, ptr %arg.a7, i64 %.1118.i
  %.1172.i.1 = load double, ptr %89, align 8, !noalias !134
  %90 = getelementptr double, ptr %arg.a1, i64 %.1118.i
  %.1202.i.1 = load double, ptr %90, align 8, !noalias !134
  %.1203.i.1 = fmul double %.1172.i.1, %.1202.i.1
  store double %.1203.i.1, ptr %89, align 8, !noalias !134
  %.1265.i.1 = fadd double %.1265.i, %.1203.i.1
  %.1118.i.2 = or disjoint i64 %.1049.0534.i, 3
  %91 = getelementptr double, ptr %arg.a7, i64 %.1118.i.1
  %.1172.i.2 = load double, ptr %91, align 8, !noalias !134
  %92 = getelementptr double, ptr %arg.a1, i64 %.1118.i.1
  %.1202.i.2 = load double, ptr %92, align 8, !noalias !134
  %.1203.i.2 = fmul double %.1172.i.2, %.1202.i.2
  store double %.1203.i.2, ptr %91, align 8, !noalias !134
  %.1265.i.2 = fadd double %.1265.i.1, %.1203.i.2
  %.1118.i.3 = add nuw nsw i64 %.1049.0534.i, 4
  %93 = getelementptr double, ptr %arg.a7, i64 %.1118.i.2
  %.1172.i.3 = load double, ptr %93, align 8, !noalias !134
  %94 = getelementptr double, ptr %arg.a1, i64 %.1118.i.2
  %.1202.i.3 = load double, ptr %94, align 8, !noalias !134
  %.1203.i.3 = fmul double %.1172.i.3, %.1202.i.3
  store double %.1203.i.3, ptr %93, align 8, !noalias !134
  %.1265.i.3 = fadd double %.1265.i.2, %.1203.i.3
  %niter22.next.3 = add i64 %niter22, 4
  %niter22.ncmp.3 = icmp eq i64 %niter22.next.3, %unroll_iter21
  br i1 %niter22.ncmp.3, label %B526.i.loopexit.unr-lcssa, label %B454.if.i

B568.if.i:                                        ; preds = %B568.if.i, %B568.if.i.preheader.new
  %.1308.0538.i = phi i64 [ 0, %B568.if.i.preheader.new ], [ %.1377.i.7, %B568.if.i ]
  %niter28 = phi i64 [ 0, %B568.if.i.preheader.new ], [ %niter28.next.7, %B568.if.i ]
  %95 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %.1431.i = load double, ptr %95, align 8, !noalias !134
  %.1436.i = fdiv double %.1431.i, %total.2.0.lcssa.i
  store double %.1436.i, ptr %95, align 8, !noalias !134
  %96 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %97 = getelementptr i8, ptr %96, i64 8
  %.1431.i.1 = load double, ptr %97, align 8, !noalias !134
  %.1436.i.1 = fdiv double %.1431.i.1, %total.2.0.lcssa.i
  store double %.1436.i.1, ptr %97, align 8, !noalias !134
  %98 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %99 = getelementptr i8, ptr %98, i64 16
  %.1431.i.2 = load double, ptr %99, align 8, !noalias !134
  %.1436.i.2 = fdiv double %.1431.i.2, %total.2.0.lcssa.i
  store double %.1436.i.2, ptr %99, align 8, !noalias !134
  %100 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %101 = getelementptr i8, ptr %100, i64 24
  %.1431.i.3 = load double, ptr %101, align 8, !noalias !134
  %.1436.i.3 = fdiv double %.1431.i.3, %total.2.0.lcssa.i
  store double %.1436.i.3, ptr %101, align 8, !noalias !134
  %102 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %103 = getelementptr i8, ptr %102, i64 32
  %.1431.i.4 = load double, ptr %103, align 8, !noalias !134
  %.1436.i.4 = fdiv double %.1431.i.4, %total.2.0.lcssa.i
  store double %.1436.i.4, ptr %103, align 8, !noalias !134
  %104 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %105 = getelementptr i8, ptr %104, i64 40
  %.1431.i.5 = load double, ptr %105, align 8, !noalias !134
  %.1436.i.5 = fdiv double %.1431.i.5, %total.2.0.lcssa.i
  store double %.1436.i.5, ptr %105, align 8, !noalias !134
  %106 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %107 = getelementptr i8, ptr %106, i64 48
  %.1431.i.6 = load double, ptr %107, align 8, !noalias !134
  %.1436.i.6 = fdiv double %.1431.i.6, %total.2.0.lcssa.i
  store double %.1436.i.6, ptr %107, align 8, !noalias !134
  %.1377.i.7 = add nuw nsw i64 %.1308.0538.i, 8
  %108 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i
  %109 = getelementptr i8, ptr %108, i64 56
  %.1431.i.7 = load double, ptr %109, align 8, !noalias !134
  %.1436.i.7 = fdiv double %.1431.i.7, %total.2.0.lcssa.i
  store double %.1436.i.7, ptr %109, align 8, !noalias !134
  %niter28.next.7 = add i64 %niter28, 8
  %niter28.ncmp.7 = icmp eq i64 %niter28.next.7, %unroll_iter27
  br i1 %niter28.ncmp.7, label %_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit.loopexit.unr-lcssa, label %B568.if.i

_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit.loopexit.unr-lcssa: ; preds = %B568.if.i
  %lcmp.mod25.not = icmp eq i64 %xtraiter23, 0
  br i1 %lcmp.mod25.not, label %_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit, label %B568.if.i.epil.preheader

B568.if.i.epil.preheader:                         ; preds = %_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit.loopexit.unr-lcssa, %B568.if.i.preheader
  %.1308.0538.i.epil.init = phi i64 [ 0, %B568.if.i.preheader ], [ %.1377.i.7, %_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit.loopexit.unr-lcssa ]
  %lcmp.mod26 = icmp ne i64 %xtraiter23, 0
  tail call void @llvm.assume(i1 %lcmp.mod26)
  br label %B568.if.i.epil

B568.if.i.epil:                                   ; preds = %B568.if.i.epil, %B568.if.i.epil.preheader
  %.1308.0538.i.epil = phi i64 [ %.1377.i.epil, %B568.if.i.epil ], [ %.1308.0538.i.epil.init, %B568.if.i.epil.preheader ]
  %epil.iter24 = phi i64 [ %epil.iter24.next, %B568.if.i.epil ], [ 0, %B568.if.i.epil.preheader ]
  %.1377.i.epil = add nuw nsw i64 %.1308.0538.i.epil, 1
  %110 = getelementptr double, ptr %arg.a7, i64 %.1308.0538.i.epil
  %.1431.i.epil = load double, ptr %110, align 8, !noalias !134
  %.1436.i.epil = fdiv double %.1431.i.epil, %total.2.0.lcssa.i
  store double %.1436.i.epil, ptr %110, align 8, !noalias !134
  %epil.iter24.next = add i64 %epil.iter24, 1
  %epil.iter24.cmp.not = icmp eq i64 %epil.iter24.next, %xtraiter23
  br i1 %epil.iter24.cmp.not, label %_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit, label %B568.if.i.epil, !llvm.loop !145

_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit: ; preds = %_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE.exit.loopexit.unr-lcssa, %B568.if.i.epil, %B526.i
  tail call fastcc void @NRT_decref(ptr null), !noalias !134
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

define ptr @advance(ptr readonly captures(none) %.1, i64 %.2, ptr readonly captures(none) %.3, i64 %.4, ptr readonly captures(none) %.5, i64 %.6, ptr readonly captures(none) %.7, i64 %.8, ptr readonly captures(none) %.9, i64 %.10, double %.11, ptr captures(none) %.12, i64 %.13, ptr captures(none) %.14, i64 %.15) local_unnamed_addr {
entry:
  %.17 = alloca ptr, align 8
  store ptr null, ptr %.17, align 8
  call fastcc void @_ZN13_3cdynamic_3e5entryB3v30B56c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAg6cJqBrMeIZJFEGM0QQAE10float64_2ax10float64_2ax10float64_2ax10float64_2ax10float64_2axd10float64_2ax10float64_2ax(ptr %.17, ptr %.1, i64 %.2, ptr %.3, ptr %.5, i64 %.6, ptr %.7, ptr %.9, double %.11, ptr %.12, i64 %.13, ptr %.14, i64 %.15) #0
  %.31 = load ptr, ptr %.17, align 8
  ret ptr %.31
}

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.smin.i64(i64, i64) #2

; Function Attrs: nocallback nofree nounwind willreturn memory(argmem: write)
declare void @llvm.memset.p0.i64(ptr writeonly captures(none), i8, i64, i1 immarg) #3

; Function Attrs: nocallback nofree nosync nounwind speculatable willreturn memory(none)
declare i64 @llvm.smax.i64(i64, i64) #2

; Function Attrs: nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write)
declare void @llvm.assume(i1 noundef) #4

attributes #0 = { noinline }
attributes #1 = { mustprogress nofree noinline norecurse nounwind willreturn memory(argmem: readwrite) }
attributes #2 = { nocallback nofree nosync nounwind speculatable willreturn memory(none) }
attributes #3 = { nocallback nofree nounwind willreturn memory(argmem: write) }
attributes #4 = { nocallback nofree nosync nounwind willreturn memory(inaccessiblemem: write) }

!0 = !{!1}
!1 = distinct !{!1, !2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!2 = distinct !{!2, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!3 = !{!4}
!4 = distinct !{!4, !5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!5 = distinct !{!5, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!6 = !{!7}
!7 = distinct !{!7, !8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!8 = distinct !{!8, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!9 = !{!10}
!10 = distinct !{!10, !11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!11 = distinct !{!11, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!12 = !{!13}
!13 = distinct !{!13, !14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!14 = distinct !{!14, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!15 = !{!16}
!16 = distinct !{!16, !17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!17 = distinct !{!17, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!18 = !{!19}
!19 = distinct !{!19, !20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!20 = distinct !{!20, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!21 = !{!22}
!22 = distinct !{!22, !23, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!23 = distinct !{!23, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!24 = !{!25}
!25 = distinct !{!25, !26, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!26 = distinct !{!26, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!27 = !{!28}
!28 = distinct !{!28, !29, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v14B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8uint8_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!29 = distinct !{!29, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v14B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8uint8_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!30 = !{!31}
!31 = distinct !{!31, !32, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!32 = distinct !{!32, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!33 = !{!34}
!34 = distinct !{!34, !35, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!35 = distinct !{!35, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!36 = !{!37}
!37 = distinct !{!37, !38, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!38 = distinct !{!38, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!39 = !{!40}
!40 = distinct !{!40, !41, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!41 = distinct !{!41, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v15B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!42 = !{!43}
!43 = distinct !{!43, !44, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v20B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8uint8_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!44 = distinct !{!44, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v20B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8uint8_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!45 = !{!46}
!46 = distinct !{!46, !47, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!47 = distinct !{!47, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v16B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE8int64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!48 = !{!49}
!49 = distinct !{!49, !50, !"_ZN11scorebridge7kernels7jumping9best_pathB3v21B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIhLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE: %retptr"}
!50 = distinct !{!50, !"_ZN11scorebridge7kernels7jumping9best_pathB3v21B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEddd5ArrayIxLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIhLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi2E1C7mutable7alignedE5ArrayIhLi1E1C7mutable7alignedE5ArrayIxLi1E1C7mutable7alignedE"}
!51 = distinct !{!51, !52}
!52 = !{!"llvm.loop.unroll.disable"}
!53 = !{!54, !49}
!54 = distinct !{!54, !55, !"_ZN11scorebridge7kernels7jumping15_cheapest_exitsB3v22B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEf5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE: %retptr"}
!55 = distinct !{!55, !"_ZN11scorebridge7kernels7jumping15_cheapest_exitsB3v22B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedEf5ArrayIxLi1E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE5ArrayIiLi1E1C7mutable7alignedE"}
!56 = !{!"branch_weights", i32 1, i32 99}
!57 = !{!58}
!58 = distinct !{!58, !59, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!59 = distinct !{!59, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!60 = !{!61}
!61 = distinct !{!61, !62, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!62 = distinct !{!62, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!63 = !{!64}
!64 = distinct !{!64, !65, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!65 = distinct !{!65, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!66 = !{!67}
!67 = distinct !{!67, !68, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!68 = distinct !{!68, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!69 = !{!70}
!70 = distinct !{!70, !71, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!71 = distinct !{!71, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!72 = !{!73}
!73 = distinct !{!73, !74, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!74 = distinct !{!74, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!75 = !{!76}
!76 = distinct !{!76, !77, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!77 = distinct !{!77, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!78 = !{!79}
!79 = distinct !{!79, !80, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v25B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!80 = distinct !{!80, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v25B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!81 = !{!82}
!82 = distinct !{!82, !83, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v25B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!83 = distinct !{!83, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v25B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!84 = !{!85}
!85 = distinct !{!85, !86, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29: %retptr"}
!86 = distinct !{!86, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v12B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi2EE27omitted_28default_3dNone_29"}
!87 = !{!88}
!88 = distinct !{!88, !89, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!89 = distinct !{!89, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v13B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float32_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!90 = !{!91}
!91 = distinct !{!91, !92, !"_ZN11scorebridge7kernels7jumping9posteriorB3v26B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEdd5ArrayIdLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE: %retptr"}
!92 = distinct !{!92, !"_ZN11scorebridge7kernels7jumping9posteriorB3v26B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIfLi2E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEdd5ArrayIdLi2E1C7mutable7alignedE5ArrayIdLi2E1C7mutable7alignedE5ArrayIfLi2E1C7mutable7alignedE5ArrayIfLi1E1C7mutable7alignedE"}
!93 = distinct !{!93, !52}
!94 = !{!95, !91}
!95 = distinct !{!95, !96, !"_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE: %retptr"}
!96 = distinct !{!96, !"_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE"}
!97 = distinct !{!97, !52}
!98 = distinct !{!98, !52}
!99 = distinct !{!99, !52}
!100 = distinct !{!100, !52}
!101 = distinct !{!101, !52}
!102 = distinct !{!102, !52}
!103 = distinct !{!103, !52}
!104 = !{!105, !91}
!105 = distinct !{!105, !106, !"_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE: %retptr"}
!106 = distinct !{!106, !"_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE"}
!107 = distinct !{!107, !52}
!108 = distinct !{!108, !52}
!109 = distinct !{!109, !52}
!110 = distinct !{!110, !52}
!111 = distinct !{!111, !52}
!112 = distinct !{!112, !52}
!113 = !{!114}
!114 = distinct !{!114, !115, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!115 = distinct !{!115, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!116 = !{!117}
!117 = distinct !{!117, !118, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!118 = distinct !{!118, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!119 = !{!120}
!120 = distinct !{!120, !121, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!121 = distinct !{!121, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!122 = !{!123}
!123 = distinct !{!123, !124, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!124 = distinct !{!124, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!125 = !{!126}
!126 = distinct !{!126, !127, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!127 = distinct !{!127, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!128 = !{!129}
!129 = distinct !{!129, !130, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!130 = distinct !{!130, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!131 = !{!132}
!132 = distinct !{!132, !133, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29: %retptr"}
!133 = distinct !{!133, !"_ZN5numba2np8arrayobj11impl_carray12_3clocals_3e4implB3v24B54c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAw4hWqFpgsIBZmgA_3dE10float64_2a8UniTupleIxLi1EE27omitted_28default_3dNone_29"}
!134 = !{!135}
!135 = distinct !{!135, !136, !"_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE: %retptr"}
!136 = distinct !{!136, !"_ZN11scorebridge7kernels7jumping7advanceB3v31B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE5ArrayIdLi1E1C7mutable7alignedE"}
!137 = distinct !{!137, !52}
!138 = !{!139, !135}
!139 = distinct !{!139, !140, !"_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE: %retptr"}
!140 = distinct !{!140, !"_ZN11scorebridge7kernels7jumping7_spreadB3v27B44c8tJTIeFIjxB2IKSgI4CrvQCk0Z4yRYcWsBAK4JIagIAE5ArrayIdLi1E1C7mutable7alignedEd5ArrayIdLi1E1C7mutable7alignedE"}
!141 = distinct !{!141, !52}
!142 = distinct !{!142, !52}
!143 = distinct !{!143, !52}
!144 = distinct !{!144, !52}
!145 = distinct !{!145, !52}
