// Batch norm, ELU and 2x2 max pooling of bfloat16 maps in one pass, forward and backward.
//
// Maps are channels last, [pixels, channels]; arithmetic is float32 in registers of 16, sums over
// a batch are kept in double. The pooled value is the ELU of the largest of four normalised
// values, because ELU rises everywhere. Nothing but the maps themselves is kept for the backward pass.
#include "fused.h"

namespace {

// Channels and pixels seen as periods of whole registers.
struct Layout {
  int64_t channels, pixels, period;
  explicit Layout(const Tensor& x) : channels(x.size(1)), pixels(x.numel() / x.size(1)) {
    period = channels;
    while (period % LANES) period += channels;
    TORCH_CHECK(x.numel() % period == 0, "pixels do not fill registers");
  }
  int vectors() const { return int(period / LANES); }
  int64_t periods() const { return channels * pixels / period; }
};

void add_up(const std::vector<double>& sums, double* out, int64_t channels) {
  for (size_t k = 0; k < sums.size(); ++k) out[k % channels] += sums[k];
}

template <int V>
void add_registers(const __m512* a, const __m512* b, std::vector<double>& s1,
                   std::vector<double>& s2) {
#pragma GCC unroll 8
  for (int v = 0; v < V; ++v) {
    float t[LANES], u[LANES];
    _mm512_storeu_ps(t, a[v]);
    _mm512_storeu_ps(u, b[v]);
    for (int k = 0; k < LANES; ++k) s1[v * LANES + k] += t[k], s2[v * LANES + k] += u[k];
  }
}

template <int V>
void moments_of(const bf16* x, const Layout& lay, const Table& shift, std::vector<double>& s1,
                std::vector<double>& s2) {
  __m512 about[V];
#pragma GCC unroll 8
  for (int v = 0; v < V; ++v) about[v] = shift.at(v);
  for (int64_t start = 0; start < lay.periods(); start += RUN) {
    __m512 a[V], b[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) a[v] = b[v] = _mm512_setzero_ps();
    const int64_t stop = std::min(start + RUN, lay.periods());
    for (int64_t r = start; r < stop; ++r)
#pragma GCC unroll 8
      for (int v = 0; v < V; ++v) {
        const __m512 d = _mm512_sub_ps(load(x + (r * V + v) * LANES, 0xFFFF), about[v]);
        a[v] = _mm512_add_ps(a[v], d);
        b[v] = _mm512_fmadd_ps(d, d, b[v]);
      }
    add_registers<V>(a, b, s1, s2);
  }
}

template <int V>
void plain_forward(const bf16* x, bf16* y, const Layout& lay, const Table& a, const Table& b) {
  __m512 scale[V], shift[V];
#pragma GCC unroll 8
  for (int v = 0; v < V; ++v) scale[v] = a.at(v), shift[v] = b.at(v);
  for (int64_t r = 0; r < lay.periods(); ++r)
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) {
      const int64_t at = (r * V + v) * LANES;
      store(y + at, 0xFFFF, elu(_mm512_fmadd_ps(load(x + at, 0xFFFF), scale[v], shift[v])));
    }
}

template <int V>
void plain_sums(const bf16* x, const bf16* dy, const Layout& lay, const Table& a, const Table& b,
                const Table& mean, std::vector<double>& s1, std::vector<double>& s2) {
  for (int64_t start = 0; start < lay.periods(); start += RUN) {
    __m512 p[V], q[V];
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) p[v] = q[v] = _mm512_setzero_ps();
    const int64_t stop = std::min(start + RUN, lay.periods());
    for (int64_t r = start; r < stop; ++r)
#pragma GCC unroll 8
      for (int v = 0; v < V; ++v) {
        const int64_t at = (r * V + v) * LANES;
        const __m512 in = load(x + at, 0xFFFF);
        const __m512 z = _mm512_fmadd_ps(in, a.at(v), b.at(v));
        const __m512 dz = _mm512_mul_ps(load(dy + at, 0xFFFF), slope(z));
        p[v] = _mm512_add_ps(p[v], dz);
        q[v] = _mm512_fmadd_ps(dz, _mm512_sub_ps(in, mean.at(v)), q[v]);
      }
    add_registers<V>(p, q, s1, s2);
  }
}

// dx = A dz + B x + D
template <int V>
void plain_backward(const bf16* x, const bf16* dy, bf16* dx, const Layout& lay, const Table& a,
                    const Table& b, const Table& A, const Table& B, const Table& D) {
  for (int64_t r = 0; r < lay.periods(); ++r)
#pragma GCC unroll 8
    for (int v = 0; v < V; ++v) {
      const int64_t at = (r * V + v) * LANES;
      const __m512 in = load(x + at, 0xFFFF);
      const __m512 z = _mm512_fmadd_ps(in, a.at(v), b.at(v));
      const __m512 dz = _mm512_mul_ps(load(dy + at, 0xFFFF), slope(z));
      store(dx + at, 0xFFFF,
            _mm512_fmadd_ps(A.at(v), dz, _mm512_fmadd_ps(B.at(v), in, D.at(v))));
    }
}

struct Grid {
  int64_t n, height, width, rows, columns;  // rows and columns of the pooled map
  explicit Grid(const Tensor& x)
      : n(x.size(0)), height(x.size(2)), width(x.size(3)), rows(height / 2), columns(width / 2) {}
  int64_t pixel(int64_t k, int64_t r, int64_t c) const { return (k * height + r) * width + c; }
};

void pool_forward(const bf16* x, bf16* y, const Grid& g, const Pixel& px, const Table& a,
                  const Table& b) {
  for (int64_t k = 0; k < g.n; ++k)
    for (int64_t r = 0; r < g.rows; ++r)
      for (int64_t c = 0; c < g.columns; ++c) {
        const bf16* top = x + g.pixel(k, 2 * r, 2 * c) * px.channels;
        const bf16* low = top + g.width * px.channels;
        bf16* out = y + ((k * g.rows + r) * g.columns + c) * px.channels;
        for (int v = 0; v < px.count; ++v) {
          const __mmask16 m = px.mask(v);
          const int at = v * LANES;
          const __m512 s = a.at(v), t = b.at(v);
          const __m512 z0 = _mm512_fmadd_ps(load(top + at, m), s, t);
          const __m512 z1 = _mm512_fmadd_ps(load(top + at + px.channels, m), s, t);
          const __m512 z2 = _mm512_fmadd_ps(load(low + at, m), s, t);
          const __m512 z3 = _mm512_fmadd_ps(load(low + at + px.channels, m), s, t);
          store(out + at, m, elu(_mm512_max_ps(_mm512_max_ps(z0, z1), _mm512_max_ps(z2, z3))));
        }
      }
}

void pool_sums(const bf16* x, const bf16* dy, const Grid& g, const Pixel& px, const Table& a,
               const Table& b, const Table& mean, std::vector<double>& s1,
               std::vector<double>& s2) {
  std::vector<float> p(px.count * LANES), q(px.count * LANES);
  for (int64_t k = 0; k < g.n; ++k) {
    for (int64_t r = 0; r < g.rows; ++r) {
      std::fill(p.begin(), p.end(), 0.f);
      std::fill(q.begin(), q.end(), 0.f);
      for (int v = 0; v < px.count; ++v) {
        const __mmask16 m = px.mask(v);
        const __m512 s = a.at(v), t = b.at(v), about = mean.at(v);
        __m512 u = _mm512_setzero_ps(), w = _mm512_setzero_ps();
        const bf16* top = x + g.pixel(k, 2 * r, 0) * px.channels + v * LANES;
        const bf16* low = top + g.width * px.channels;
        const bf16* grad = dy + (k * g.rows + r) * g.columns * px.channels + v * LANES;
        for (int64_t c = 0; c < g.columns; ++c) {
          // Of equal values the first takes the gradient.
          __m512 best = load(top, m), z = _mm512_fmadd_ps(best, s, t);
          const bf16* others[3] = {top + px.channels, low, low + px.channels};
          for (const bf16* other : others) {
            const __m512 in = load(other, m), zo = _mm512_fmadd_ps(in, s, t);
            const __mmask16 more = _mm512_cmp_ps_mask(zo, z, _CMP_GT_OQ);
            best = _mm512_mask_mov_ps(best, more, in);
            z = _mm512_mask_mov_ps(z, more, zo);
          }
          const __m512 dz = _mm512_mul_ps(load(grad, m), slope(z));
          u = _mm512_add_ps(u, dz);
          w = _mm512_fmadd_ps(dz, _mm512_sub_ps(best, about), w);
          top += 2 * px.channels;
          low += 2 * px.channels;
          grad += px.channels;
        }
        _mm512_storeu_ps(p.data() + v * LANES, u);
        _mm512_storeu_ps(q.data() + v * LANES, w);
      }
      for (int64_t c = 0; c < px.channels; ++c) s1[c] += p[c], s2[c] += q[c];
    }
  }
}

void pool_backward(const bf16* x, const bf16* dy, bf16* dx, const Grid& g, const Pixel& px,
                   const Table& a, const Table& b, const Table& A, const Table& B,
                   const Table& D) {
  const auto rest = [&](int64_t pixel) {
    for (int v = 0; v < px.count; ++v) {
      const int64_t at = pixel * px.channels + v * LANES;
      store(dx + at, px.mask(v), _mm512_fmadd_ps(B.at(v), load(x + at, px.mask(v)), D.at(v)));
    }
  };
  for (int64_t k = 0; k < g.n; ++k) {
    for (int64_t r = 0; r < g.rows; ++r) {
      for (int64_t c = 0; c < g.columns; ++c) {
        const int64_t top = g.pixel(k, 2 * r, 2 * c) * px.channels;
        const int64_t low = top + g.width * px.channels;
        const int64_t places[4] = {top, top + px.channels, low, low + px.channels};
        const bf16* grad = dy + ((k * g.rows + r) * g.columns + c) * px.channels;
        for (int v = 0; v < px.count; ++v) {
          const __mmask16 m = px.mask(v);
          const int at = v * LANES;
          __m512 in[4], z[4];
#pragma GCC unroll 4
          for (int j = 0; j < 4; ++j) {
            in[j] = load(x + places[j] + at, m);
            z[j] = _mm512_fmadd_ps(in[j], a.at(v), b.at(v));
          }
          const __m512 top_z = _mm512_max_ps(_mm512_max_ps(z[0], z[1]), _mm512_max_ps(z[2], z[3]));
          const __m512 dz =
              _mm512_mul_ps(A.at(v), _mm512_mul_ps(load(grad + at, m), slope(top_z)));
          __mmask16 free = 0xFFFF;
#pragma GCC unroll 4
          for (int j = 0; j < 4; ++j) {
            const __mmask16 mine = free & _mm512_cmp_ps_mask(z[j], top_z, _CMP_EQ_OQ);
            free &= ~mine;
            const __m512 base = _mm512_fmadd_ps(B.at(v), in[j], D.at(v));
            store(dx + places[j] + at, m, _mm512_mask_add_ps(base, mine, base, dz));
          }
        }
      }
      if (g.width % 2)
        for (int64_t j = 0; j < 2; ++j) rest(g.pixel(k, 2 * r + j, g.width - 1));
    }
    if (g.height % 2)
      for (int64_t c = 0; c < g.width; ++c) rest(g.pixel(k, g.height - 1, c));
  }
}

}  // namespace

// Sums of x - shift and of its square by channel, double [2, channels].
Tensor moments(const Tensor& x, const Tensor& shift) {
  check(x);
  const Layout lay(x);
  std::vector<double> s1(lay.period), s2(lay.period);
  const Table about(shift, lay.period);
  BY_VECTORS(lay.vectors(), moments_of<V>(x.data_ptr<bf16>(), lay, about, s1, s2));
  Tensor out = torch::zeros({2, lay.channels}, torch::kDouble);
  add_up(s1, out.data_ptr<double>(), lay.channels);
  add_up(s2, out.data_ptr<double>() + lay.channels, lay.channels);
  return out;
}

// ELU of a x + b, pooled or not.
Tensor forward(const Tensor& x, const Tensor& a, const Tensor& b, bool pooled) {
  check(x);
  if (pooled) {
    const Grid g(x);
    const Pixel px(x.size(1));
    Tensor y = torch::empty({g.n, x.size(1), g.rows, g.columns}, x.options(), at::MemoryFormat::ChannelsLast);
    const int64_t length = padded(px.channels);
    pool_forward(x.data_ptr<bf16>(), y.data_ptr<bf16>(), g, px, Table(a, length), Table(b, length));
    return y;
  }
  const Layout lay(x);
  Tensor y = torch::empty_like(x);
  const Table s(a, lay.period), t(b, lay.period);
  BY_VECTORS(lay.vectors(), plain_forward<V>(x.data_ptr<bf16>(), y.data_ptr<bf16>(), lay, s, t));
  return y;
}

// Sums of dz and of dz (x - mean) by channel, double [2, channels], z = a x + b.
Tensor backward_sums(const Tensor& x, const Tensor& dy, const Tensor& a, const Tensor& b,
                     const Tensor& mean, bool pooled) {
  check(x);
  check(dy);
  const int64_t channels = x.size(1);
  Tensor out = torch::zeros({2, channels}, torch::kDouble);
  double* p = out.data_ptr<double>();
  if (pooled) {
    const int64_t length = padded(channels);
    std::vector<double> s1(length), s2(length);
    pool_sums(x.data_ptr<bf16>(), dy.data_ptr<bf16>(), Grid(x), Pixel(channels), Table(a, length),
              Table(b, length), Table(mean, length), s1, s2);
    for (int64_t c = 0; c < channels; ++c) p[c] = s1[c], p[channels + c] = s2[c];
    return out;
  }
  const Layout lay(x);
  std::vector<double> s1(lay.period), s2(lay.period);
  const Table s(a, lay.period), t(b, lay.period), about(mean, lay.period);
  BY_VECTORS(lay.vectors(),
             plain_sums<V>(x.data_ptr<bf16>(), dy.data_ptr<bf16>(), lay, s, t, about, s1, s2));
  add_up(s1, p, channels);
  add_up(s2, p + channels, channels);
  return out;
}

// dx = A dz + B x + D, z = a x + b.
Tensor backward(const Tensor& x, const Tensor& dy, const Tensor& a, const Tensor& b,
                const Tensor& A, const Tensor& B, const Tensor& D, bool pooled) {
  check(x);
  check(dy);
  Tensor dx = torch::empty_like(x);
  if (pooled) {
    const int64_t length = padded(x.size(1));
    pool_backward(x.data_ptr<bf16>(), dy.data_ptr<bf16>(), dx.data_ptr<bf16>(), Grid(x),
                  Pixel(x.size(1)), Table(a, length), Table(b, length), Table(A, length),
                  Table(B, length), Table(D, length));
    return dx;
  }
  const Layout lay(x);
  const Table ta(a, lay.period), tb(b, lay.period), tA(A, lay.period), tB(B, lay.period),
      tD(D, lay.period);
  BY_VECTORS(lay.vectors(), plain_backward<V>(x.data_ptr<bf16>(), dy.data_ptr<bf16>(),
                                              dx.data_ptr<bf16>(), lay, ta, tb, tA, tB, tD));
  return dx;
}

Tensor patch_sums(const Tensor& x);
Tensor first_forward(const Tensor& x, const Tensor& w, const Tensor& b);
Tensor first_sums(const Tensor& x, const Tensor& dy, const Tensor& w, const Tensor& mean,
                  const Tensor& a, const Tensor& beta);

PYBIND11_MODULE(TORCH_EXTENSION_NAME, m) {
  m.def("moments", &moments);
  m.def("forward", &forward);
  m.def("backward_sums", &backward_sums);
  m.def("backward", &backward);
  m.def("patch_sums", &patch_sums);
  m.def("first_forward", &first_forward);
  m.def("first_sums", &first_sums);
}
