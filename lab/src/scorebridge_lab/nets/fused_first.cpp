// The first convolution, one channel to a few, 3x3 with a border of zeros, is cheaper done again
// than kept. Its sums over a batch follow from those of the input's 3x3 patches.
#include "fused.h"

namespace {

struct Patches {
  int64_t n, height, width, stride;
  const float* x;
  std::vector<float> image;  // one padded image
  explicit Patches(const Tensor& t)
      : n(t.size(0)), height(t.size(1)), width(t.size(2)), stride(t.size(2) + 2 + LANES) {
    TORCH_CHECK(t.scalar_type() == torch::kFloat && t.is_contiguous(), "float32 images only");
    x = t.data_ptr<float>();
    image.assign((height + 2) * stride, 0.f);
  }
  void read(int64_t k) {
    for (int64_t r = 0; r < height; ++r)
      std::copy_n(x + (k * height + r) * width, width, image.data() + (r + 1) * stride + 1);
  }
  const float* corner(int64_t r, int64_t c) const { return image.data() + r * stride + c; }
};

// Weights [channels, 9] as registers by tap.
struct Taps {
  std::vector<float> values;
  int count;
  Taps(const Tensor& w) : count(int((w.size(0) + LANES - 1) / LANES)) {
    const Tensor c = w.to(torch::kFloat).contiguous();
    values.assign(9 * count * LANES, 0.f);
    for (int64_t k = 0; k < c.size(0); ++k)
#pragma GCC unroll 16
      for (int t = 0; t < 9; ++t) values[t * count * LANES + k] = c.data_ptr<float>()[k * 9 + t];
  }
  __m512 at(int tap, int v) const { return _mm512_loadu_ps(values.data() + (tap * count + v) * LANES); }
};

template <int V>
void first_forward_of(Patches& in, const Taps& w, const Table& b, bf16* y, const Pixel& px) {
  __m512 taps[9][V], bias[V];
#pragma GCC unroll 8
  for (int v = 0; v < V; ++v) {
    bias[v] = b.at(v);
#pragma GCC unroll 16
    for (int t = 0; t < 9; ++t) taps[t][v] = w.at(t, v);
  }
  for (int64_t k = 0; k < in.n; ++k) {
    in.read(k);
    for (int64_t r = 0; r < in.height; ++r)
      for (int64_t c = 0; c < in.width; ++c, y += px.channels) {
        const float* p = in.corner(r, c);
        __m512 z[V];
#pragma GCC unroll 8
        for (int v = 0; v < V; ++v) z[v] = bias[v];
#pragma GCC unroll 16
        for (int t = 0; t < 9; ++t) {
          const __m512 value = _mm512_set1_ps(p[t / 3 * in.stride + t % 3]);
#pragma GCC unroll 8
          for (int v = 0; v < V; ++v) z[v] = _mm512_fmadd_ps(value, taps[t][v], z[v]);
        }
#pragma GCC unroll 8
        for (int v = 0; v < V; ++v) store(y + v * LANES, px.mask(v), elu(z[v]));
      }
  }
}

template <int V>
void first_sums_of(Patches& in, const bf16* dy, const Taps& w, const Table& mean, const Table& a,
                   const Table& beta, const Pixel& px, std::vector<double>& out) {
  for (int64_t k = 0; k < in.n; ++k) {
    in.read(k);
    for (int64_t r = 0; r < in.height; ++r) {
      __m512 s[11][V];  // dz by tap, dz, dz (x - mean)
      for (auto& row : s)
#pragma GCC unroll 8
        for (int v = 0; v < V; ++v) row[v] = _mm512_setzero_ps();
      for (int64_t c = 0; c < in.width; ++c, dy += px.channels) {
        const float* p = in.corner(r, c);
        __m512 d[V];
#pragma GCC unroll 8
        for (int v = 0; v < V; ++v) d[v] = _mm512_sub_ps(_mm512_setzero_ps(), mean.at(v));
#pragma GCC unroll 16
        for (int t = 0; t < 9; ++t) {
          const __m512 value = _mm512_set1_ps(p[t / 3 * in.stride + t % 3]);
#pragma GCC unroll 8
          for (int v = 0; v < V; ++v) d[v] = _mm512_fmadd_ps(value, w.at(t, v), d[v]);
        }
#pragma GCC unroll 8
        for (int v = 0; v < V; ++v) {
          const __m512 z = _mm512_fmadd_ps(d[v], a.at(v), beta.at(v));
          const __m512 dz = _mm512_mul_ps(load(dy + v * LANES, px.mask(v)), slope(z));
          s[9][v] = _mm512_add_ps(s[9][v], dz);
          s[10][v] = _mm512_fmadd_ps(dz, d[v], s[10][v]);
#pragma GCC unroll 16
          for (int t = 0; t < 9; ++t)
            s[t][v] = _mm512_fmadd_ps(_mm512_set1_ps(p[t / 3 * in.stride + t % 3]), dz, s[t][v]);
        }
      }
#pragma GCC unroll 16
      for (int t = 0; t < 11; ++t)
#pragma GCC unroll 8
        for (int v = 0; v < V; ++v) {
          float f[LANES];
          _mm512_storeu_ps(f, s[t][v]);
          for (int j = 0; j < LANES; ++j) out[(t * V + v) * LANES + j] += f[j];
        }
    }
  }
}

}  // namespace

// Sums over all 3x3 patches of images [n, height, width]: double [10, 9], products of two taps and,
// in the last row, the taps themselves.
Tensor patch_sums(const Tensor& x) {
  Patches in(x);
  std::vector<double> sums(54);
  for (int64_t k = 0; k < in.n; ++k) {
    in.read(k);
    __m512 s[54];
    for (auto& v : s) v = _mm512_setzero_ps();
    for (int64_t r = 0; r < in.height; ++r)
      for (int64_t c = 0; c < in.width; c += LANES) {
        const int64_t left = in.width - c;
        const __mmask16 m = left >= LANES ? __mmask16(0xFFFF) : __mmask16((1u << left) - 1);
        __m512 v[9];
#pragma GCC unroll 16
        for (int t = 0; t < 9; ++t)
          v[t] = _mm512_maskz_loadu_ps(m, in.corner(r, c) + t / 3 * in.stride + t % 3);
        int at = 0;
#pragma GCC unroll 16
        for (int t = 0; t < 9; ++t) {
          for (int u = t; u < 9; ++u, ++at) s[at] = _mm512_fmadd_ps(v[t], v[u], s[at]);
          s[45 + t] = _mm512_add_ps(s[45 + t], v[t]);
        }
      }
    for (int j = 0; j < 54; ++j) sums[j] += _mm512_reduce_add_ps(s[j]);
  }
  Tensor out = torch::zeros({10, 9}, torch::kDouble);
  double* p = out.data_ptr<double>();
  int at = 0;
#pragma GCC unroll 16
  for (int t = 0; t < 9; ++t) {
    for (int u = t; u < 9; ++u, ++at) p[t * 9 + u] = p[u * 9 + t] = sums[at];
    p[81 + t] = sums[45 + t];
  }
  return out;
}

// ELU of the convolution of images with w [channels, 9], plus b.
Tensor first_forward(const Tensor& x, const Tensor& w, const Tensor& b) {
  Patches in(x);
  const Pixel px(w.size(0));
  Tensor y = torch::empty({in.n, px.channels, in.height, in.width},
                          x.options().dtype(torch::kBFloat16), at::MemoryFormat::ChannelsLast);
  const Taps taps(w);
  const Table bias(b, padded(px.channels));
  BY_VECTORS(px.count, first_forward_of<V>(in, taps, bias, y.data_ptr<bf16>(), px));
  return y;
}

// Double [11, channels]: sums of dz by tap of the input, of dz, and of dz (x - mean), where x is the
// convolution and z = a (x - mean) + beta.
Tensor first_sums(const Tensor& x, const Tensor& dy, const Tensor& w, const Tensor& mean,
                  const Tensor& a, const Tensor& beta) {
  check(dy);
  Patches in(x);
  const Pixel px(w.size(0));
  const int64_t length = padded(px.channels);
  std::vector<double> sums(11 * length);
  const Taps taps(w);
  const Table tm(mean, length), ta(a, length), tb(beta, length);
  BY_VECTORS(px.count, first_sums_of<V>(in, dy.data_ptr<bf16>(), taps, tm, ta, tb, px, sums));
  Tensor out = torch::empty({11, px.channels}, torch::kDouble);
#pragma GCC unroll 16
  for (int t = 0; t < 11; ++t)
    for (int64_t c = 0; c < px.channels; ++c)
      out.data_ptr<double>()[t * px.channels + c] = sums[t * length + c];
  return out;
}
