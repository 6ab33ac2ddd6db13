// Registers of 16 bfloat16 numbers taken as float32, and what the fused layers share.
#pragma once
#include <immintrin.h>
#include <torch/extension.h>

#include <algorithm>
#include <vector>


namespace {

using bf16 = at::BFloat16;
using torch::Tensor;
constexpr int LANES = 16;
constexpr int64_t RUN = 512;  // periods summed in float32 before they are added in double

inline __m512 load(const bf16* p, __mmask16 mask) {
  const __m256i half = _mm256_maskz_loadu_epi16(mask, p);
  return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(half), 16));
}

inline void store(bf16* p, __mmask16 mask, __m512 v) {
  _mm256_mask_storeu_epi16(p, mask, (__m256i)_mm512_cvtneps_pbh(v));
}

// exp for arguments <= 0, to five digits.
inline __m512 exp_negative(__m512 x) {
  const __m512 t = _mm512_max_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.442695041f)), _mm512_set1_ps(-100.f));
  const __m512 whole = _mm512_roundscale_ps(t, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  const __m512 f = _mm512_sub_ps(t, whole);
  __m512 p = _mm512_set1_ps(0.0096181291f);
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.0555041087f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.2402265070f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.6931471806f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(1.0f));
  return _mm512_scalef_ps(p, whole);
}

// ELU' at z: 1 above zero, exp(z) below.
inline __m512 slope(__m512 z) {
  const __m512 one = _mm512_set1_ps(1.0f);
  const __mmask16 above = _mm512_cmp_ps_mask(z, _mm512_setzero_ps(), _CMP_GT_OQ);
  return _mm512_mask_mov_ps(exp_negative(_mm512_min_ps(z, _mm512_setzero_ps())), above, one);
}

inline __m512 elu(__m512 z) {
  const __mmask16 above = _mm512_cmp_ps_mask(z, _mm512_setzero_ps(), _CMP_GT_OQ);
  const __m512 low =
      _mm512_sub_ps(exp_negative(_mm512_min_ps(z, _mm512_setzero_ps())), _mm512_set1_ps(1.0f));
  return _mm512_mask_mov_ps(low, above, z);
}

// Values of each channel, repeated so that `vectors` registers are filled.
struct Table {
  std::vector<float> values;
  Table(const Tensor& t, int64_t length) : values(length) {
    const Tensor c = t.to(torch::kFloat).contiguous();
    const float* p = c.data_ptr<float>();
    for (int64_t k = 0; k < length; ++k) values[k] = p[k % c.numel()];
  }
  __m512 at(int v) const { return _mm512_loadu_ps(values.data() + v * LANES); }
};

inline void check(const Tensor& x) {
  TORCH_CHECK(x.scalar_type() == torch::kBFloat16, "bfloat16 only");
  TORCH_CHECK(x.is_contiguous(at::MemoryFormat::ChannelsLast), "channels last only");
}

#define BY_VECTORS(n, call)                                     \
  switch (n) {                                                  \
    case 1: { constexpr int V = 1; call; break; }               \
    case 2: { constexpr int V = 2; call; break; }               \
    case 3: { constexpr int V = 3; call; break; }               \
    case 4: { constexpr int V = 4; call; break; }               \
    case 6: { constexpr int V = 6; call; break; }               \
    default: TORCH_CHECK(false, "no kernel for so many channels"); \
  }

// Registers of one pixel; the last one may be half empty.
struct Pixel {
  int64_t channels;
  int count;
  __mmask16 last;
  explicit Pixel(int64_t c)
      : channels(c), count(int((c + LANES - 1) / LANES)), last(__mmask16(0xFFFF)) {
    if (c % LANES) last = __mmask16((1u << (c % LANES)) - 1);
  }
  __mmask16 mask(int v) const { return v == count - 1 ? last : __mmask16(0xFFFF); }
};

inline int64_t padded(int64_t channels) { return (channels + LANES - 1) / LANES * LANES; }

}  // namespace
