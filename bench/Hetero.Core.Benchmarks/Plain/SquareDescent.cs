using Hetero.Core.Numerics;
using Hetero.Core.Problems;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>The iterate of gradient descent on UUᵀ with square matrices throughout, as a first version of such a program has it.</summary>
internal sealed class SquareDescent<TProducts>
    where TProducts : struct, IProducts
{
    private readonly int _dimension;
    private readonly double[] _factor;
    private readonly double[] _moved;
    private readonly double[] _product;
    private readonly double[] _residual;
    private readonly double[][] _targets;

    /// <summary>Starts at αI.</summary>
    /// <param name="problem">The signals.</param>
    /// <param name="initialScale">The scale α.</param>
    /// <param name="scalars">The s of each environment.</param>
    public SquareDescent(SensingProblem problem, double initialScale, params ReadOnlySpan<double> scalars)
    {
        _dimension = problem.Dimension;
        int length = _dimension * _dimension;
        _factor = new double[length];
        _moved = new double[length];
        _product = new double[length];
        _residual = new double[length];
        Gradient = new double[length];
        _targets = new double[scalars.Length][];
        for (int i = 0; i < _dimension; i++)
        {
            _factor[i * (_dimension + 1)] = initialScale;
        }

        for (int e = 0; e < scalars.Length; e++)
        {
            _targets[e] = new double[length];
            AddSquare(problem.InvariantBasis, 1, _targets[e]);
            AddSquare(problem.SpuriousBasis, scalars[e], _targets[e]);
        }

        TProducts.Gram(_dimension, _factor, _product);
    }

    /// <summary>Gets the gradient that <see cref="Descend"/> uses.</summary>
    public double[] Gradient { get; }

    /// <summary>Returns UUᵀ − A* − A^(e).</summary>
    public ReadOnlySpan<double> Residual(int environment)
    {
        double[] target = _targets[environment];
        for (int i = 0; i < target.Length; i++)
        {
            _residual[i] = _product[i] - target[i];
        }

        return _residual;
    }

    /// <summary>U ← U − ηGU.</summary>
    public void Descend(double stepSize)
    {
        TProducts.Multiply(_dimension, Gradient, _factor, _moved);
        for (int i = 0; i < _factor.Length; i++)
        {
            _factor[i] -= stepSize * _moved[i];
        }

        TProducts.Gram(_dimension, _factor, _product);
        Array.Clear(Gradient);
    }

    private static void AddSquare(ReadOnlyMatrixSpan<double> basis, double scale, double[] target)
    {
        for (int i = 0; i < basis.Rows; i++)
        {
            for (int j = 0; j < basis.Rows; j++)
            {
                for (int k = 0; k < basis.Columns; k++)
                {
                    target[(i * basis.Rows) + j] += scale * basis[i, k] * basis[j, k];
                }
            }
        }
    }
}
