using Hetero.Core.Numerics;

namespace Hetero.Core.Problems;

/// <summary>
/// The operator norm ‖A* + V*ΣV*ᵀ‖ for any Σ, from matrices of order r1 + r2: with B = [U*, V*], K = diag(λ) ⊕ Σ and BᵀB = LLᵀ, the eigenvalues of BKBᵀ that
/// are not 0 are those of LᵀKL. Not thread-safe:
/// owns scratch memory; asking allocates nothing.
/// </summary>
internal sealed class SignalNorm
{
    private readonly SensingProblem _problem;
    private readonly int _order;
    private readonly double[] _root;
    private readonly double[] _middle;
    private readonly double[] _product;
    private readonly double[] _values;
    private readonly double[] _scratch;

    public SignalNorm(SensingProblem problem)
    {
        _problem = problem;
        _order = problem.InvariantRank + problem.SpuriousRank;
        _root = new double[_order * _order];
        _middle = new double[_root.Length];
        _product = new double[_root.Length];
        _values = new double[_order];
        _scratch = new double[SymmetricEigen.GetValuesScratchLength<double>(_order)];
        FillRoot();
    }

    public double Of(ReadOnlySpan<double> sigma)
    {
        int r1 = _problem.InvariantRank, r2 = _problem.SpuriousRank;

        // K·L, then Lᵀ·(K·L).
        for (int i = 0; i < _order; i++)
        {
            for (int j = 0; j < _order; j++)
            {
                double sum = i < r1 ? _problem.Eigenvalues[i] * _root[(i * _order) + j] : 0;
                for (int k = 0; i >= r1 && k < r2; k++)
                {
                    sum += sigma[((i - r1) * r2) + k] * _root[((r1 + k) * _order) + j];
                }

                _middle[(i * _order) + j] = sum;
            }
        }

        for (int i = 0; i < _order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k < _order; k++)
                {
                    sum += _root[(k * _order) + i] * _middle[(k * _order) + j];
                }

                _product[(i * _order) + j] = _product[(j * _order) + i] = sum;
            }
        }

        SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<double>(_product, _order, _order), _scratch, _values.AsSpan());
        return Math.Max(Math.Abs(_values[0]), Math.Abs(_values[^1]));
    }

    /// <summary>L of the semidefinite BᵀB: a column whose pivot is lost in round-off is 0.</summary>
    private void FillRoot()
    {
        for (int j = 0; j < _order; j++)
        {
            for (int i = j; i < _order; i++)
            {
                double sum = 0;
                for (int row = 0; row < _problem.Dimension; row++)
                {
                    sum += At(row, i) * At(row, j);
                }

                for (int k = 0; k < j; k++)
                {
                    sum -= _root[(i * _order) + k] * _root[(j * _order) + k];
                }

                if (i == j)
                {
                    _root[(i * _order) + j] = sum > 1e-14 ? Math.Sqrt(sum) : 0;
                }
                else
                {
                    double pivot = _root[(j * _order) + j];
                    _root[(i * _order) + j] = pivot > 0 ? sum / pivot : 0;
                }
            }
        }
    }

    private double At(int row, int column)
        => column < _problem.InvariantRank ? _problem.InvariantBasis[row, column] : _problem.SpuriousBasis[row, column - _problem.InvariantRank];
}
