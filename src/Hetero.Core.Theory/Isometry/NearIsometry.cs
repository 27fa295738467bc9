using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Explicit measurements whose full-rank RIP constant is a given number, however small: p of them with GᵀG/p = I + δP, P symmetric of norm 1, so that
/// E∘(M) = δP·svec(M). Gaussian ones of such a δ would need m of the order of p/δ².
/// </summary>
internal static class NearIsometry
{
    /// <summary>Makes the measurements, from the Cholesky factor L of I + δP: G = √p·Lᵀ.</summary>
    public static StoredMeasurements<double> Create(int dimension, Matrix perturbation, double delta)
    {
        int p = perturbation.Rows;
        Guard.InRange(delta, 0, 0.99);
        Matrix gram = Matrix.Identity(p) + (delta * perturbation);
        double[] rows = new double[p * p];
        double scale = Math.Sqrt(p);
        for (int j = 0; j < p; j++)
        {
            for (int i = j; i < p; i++)
            {
                double sum = gram[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= rows[(k * p) + i] * rows[(k * p) + j] / p;
                }

                // Row j of G is √p times column j of L.
                rows[(j * p) + i] = i == j ? scale * Math.Sqrt(sum) : p * sum / rows[(j * p) + j];
            }
        }

        return new StoredMeasurements<double>(dimension, rows, seed: 0);
    }

    /// <summary>Returns wwᵀ/‖w‖²: then E∘(M) = δ⟨Ŵ, M⟩Ŵ.</summary>
    public static Matrix Along(Matrix w) => (1 / w.Inner(w)) * (w * w.T);

    /// <summary>Returns (abᵀ + baᵀ)/(1 + |⟨a, b⟩|) for the two vectors divided by their norms, of norm 1: then E∘(A) is along B, up to a multiple of A.</summary>
    public static Matrix Exchange(Matrix first, Matrix second)
    {
        Matrix a = (1 / first.FrobeniusNorm()) * first, b = (1 / second.FrobeniusNorm()) * second;
        return (1 / (1 + Math.Abs(a.Inner(b)))) * ((a * b.T) + (b * a.T));
    }

    /// <summary>Returns a random symmetric matrix of norm 1.</summary>
    public static Matrix Random(TheoryInstance instance, int index)
    {
        int p = Svec.Length(instance.Dimension);
        Matrix gaussian = new(instance.CreateGaussian(index, p, p), p, p), symmetric = gaussian + gaussian.T;
        double[] eigenvalues = symmetric.Eigenvalues();
        return (1 / Math.Max(-eigenvalues[0], eigenvalues[^1])) * symmetric;
    }

    /// <summary>Returns the full-rank RIP constant of an operator, the largest |eigenvalue| of E∘ on symmetric matrices.</summary>
    public static double FullRankConstant(MeasurementSource<double> source, long samples)
    {
        int p = source.SvecLength;
        Matrix error = new(p, p);
        RipError.Apply<double>(source, samples, 0, Matrix.Identity(p).Entries, error.Entries);
        double[] eigenvalues = error.Eigenvalues();
        return Math.Max(-eigenvalues[0], eigenvalues[^1]);
    }

    /// <summary>Returns svec of (1/m) Σ ⟨X_i, D⟩X_i for an operator.</summary>
    public static double[] Apply(MeasurementSource<double> source, long samples, double[] residual)
    {
        double[] result = new double[residual.Length];
        RipError.Apply<double>(source, samples, 0, residual, result);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] += residual[i];
        }

        return result;
    }
}
