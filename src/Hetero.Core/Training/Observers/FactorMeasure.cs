using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// A trajectory's numbers from the factor U alone, in O(dk(k + r)) with r = r1 + r2 and without a d×d matrix. With an orthonormal basis B of [U*, V*], P = BᵀU (r×k) and the rest F = U − BP
/// (d×k), which is orthogonal to B, ‖UUᵀ − BCBᵀ‖² = ‖PPᵀ − C‖² + 2‖FPᵀ‖² + ‖FFᵀ‖², and the last two follow from the k×k Gram matrix FᵀF. Every term is a square, so that nothing cancels where
/// an error is small, as it would in ‖UᵀU‖² − 2⟨UUᵀ, A*⟩ + ‖A*‖².
/// </summary>
/// <remarks>C = BᵀA*B for the error, and with V*E[Σ]V*ᵀ in it for the pooled one; U*ᵀU and V*ᵀU are BᵀU* and BᵀV* times P. Small matrices are in double precision.</remarks>
internal sealed class FactorMeasure<T> : TrajectoryMeasure<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SensingProblem _problem;
    private readonly int _columns;
    private readonly int _rank;
    private readonly T[] _basis;
    private readonly T[] _products;
    private readonly T[] _negated;
    private readonly T[] _rest;
    private readonly T[] _gram;
    private readonly T[] _scratch;
    private readonly double[] _inside;
    private readonly double[] _part;
    private readonly double[] _other;
    private readonly double[] _coordinates;
    private readonly double[] _target;
    private readonly double[] _pooledTarget;

    public FactorMeasure(Trainer<T> trainer)
    {
        _problem = trainer.Signals.Problem;
        (int d, int k, int r1, int r2) = (_problem.Dimension, trainer.Factor.Columns, _problem.InvariantRank, _problem.SpuriousRank);
        (_columns, _rank) = (k, r1 + r2);
        double[] joined = new double[Guard.ArrayLength(d, _rank, nameof(trainer))];
        for (int i = 0; i < d; i++)
        {
            Span<double> row = joined.AsSpan(i * _rank, _rank);
            for (int j = 0; j < _rank; j++)
            {
                row[j] = j < r1 ? _problem.InvariantBasis[i, j] : _problem.SpuriousBasis[i, j - r1];
            }
        }

        // Subspaces that share directions leave columns of B with no part in either.
        _coordinates = new double[_rank * _rank];
        MatrixSpan<double> frame = new(joined, d, _rank);
        HouseholderQr.Decompose<double>(frame, new double[HouseholderQr.GetScratchLength<double>(d, _rank)], frame, new MatrixSpan<double>(_coordinates, _rank, _rank));
        _basis = new T[joined.Length];
        for (int i = 0; i < joined.Length; i++)
        {
            _basis[i] = T.CreateTruncating(joined[i]);
        }

        _target = new double[_rank * _rank];
        for (int i = 0; i < r1; i++)
        {
            AddOuter(_target, _problem.Eigenvalues[i], i, i);
        }

        double[] mean = new double[r2 * r2];
        trainer.Environments.CopyMean(mean);
        _pooledTarget = [.. _target];
        for (int i = 0; i < mean.Length; i++)
        {
            AddOuter(_pooledTarget, mean[i], r1 + (i / r2), r1 + (i % r2));
        }

        _products = new T[_rank * k];
        _negated = new T[_products.Length];
        _inside = new double[_products.Length];
        _part = new double[_products.Length];
        _other = new double[_products.Length];
        _rest = new T[Guard.ArrayLength(d, k, nameof(trainer))];
        _gram = new T[Guard.ArrayLength(k, k, nameof(trainer))];
        _scratch = new T[ScratchLength(d, k, _rank)];
    }

    public override SnapshotParts Needs => SnapshotParts.None;

    /// <summary>The bytes of such a measure.</summary>
    public static Int128 BytesOf(in RunSizes sizes)
    {
        (Int128 d, Int128 k, int rank) = (sizes.Dimension, sizes.Columns, sizes.InvariantRank + sizes.SpuriousRank);
        Int128 numbers = (d * (rank + k)) + (k * k) + (2 * k * rank) + ScratchLength(sizes.Dimension, sizes.Columns, rank);
        return RunSizes.Bytes<T>(numbers) + RunSizes.Bytes<double>((3 * k * rank) + (3 * (Int128)rank * rank));
    }

    public override TrajectoryRow Measure(in TrainingSnapshot<T> snapshot)
    {
        ReadOnlyMatrixSpan<T> factor = snapshot.Factor, basis = new(_basis, _problem.Dimension, _rank);
        Guard.Shape(factor.Rows, factor.Columns, _problem.Dimension, _columns, "snapshot.Factor");
        MatrixSpan<T> rest = new(_rest, _problem.Dimension, _columns);
        Products.Multiply(basis.Transposed, factor, _scratch, new MatrixSpan<T>(_products, _rank, _columns));
        TensorPrimitives.Negate(_products, _negated);
        factor.CopyTo(rest);
        Products.MultiplyAdd(basis, new ReadOnlyMatrixSpan<T>(_negated, _rank, _columns), _scratch, rest);
        ReadOnlyMatrixSpan<T> left = rest;
        Products.Gram(left.Transposed, _scratch, new MatrixSpan<T>(_gram, _columns, _columns));
        for (int i = 0; i < _inside.Length; i++)
        {
            _inside[i] = double.CreateTruncating(_products[i]);
        }

        for (int j = 0; j < _rank; j++)
        {
            SetPart(j);
        }

        return new TrajectoryRow(snapshot.Step, Signal(), Spurious(), Residual(), Distance(_target), Distance(_pooledTarget));
    }

    private static int ScratchLength(int dimension, int columns, int rank)
        => Math.Max(
            Products.GetGramScratchLength<T>(columns, dimension),
            Math.Max(Products.GetMultiplyScratchLength<T>(rank, dimension, columns), Products.GetMultiplyScratchLength<T>(dimension, rank, columns)));

    /// <summary>Adds weight·c_i·c_jᵀ, c the columns of Bᵀ[U*, V*].</summary>
    private void AddOuter(double[] target, double weight, int i, int j)
    {
        for (int a = 0; a < _rank; a++)
        {
            for (int b = 0; b < _rank; b++)
            {
                target[(a * _rank) + b] += weight * _coordinates[(a * _rank) + i] * _coordinates[(b * _rank) + j];
            }
        }
    }

    /// <summary>‖UUᵀ − BCBᵀ‖, also where its square leaves the range of double.</summary>
    private double Distance(double[] target)
    {
        double square = Square(target, 1);
        if (double.IsNormal(square))
        {
            return Math.Sqrt(square);
        }

        double root = Math.Abs(TensorPrimitives.MaxMagnitude<double>(_inside)), rest = double.CreateTruncating(T.Abs(TensorPrimitives.MaxMagnitude<T>(_gram)));
        double unit = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<double>(target)), Math.Max(root * root, rest));
        return double.IsNormal(unit) ? unit * Math.Sqrt(Square(target, unit)) : Math.Sqrt(square);
    }

    /// <summary>‖UUᵀ − BCBᵀ‖² in units of the square of a number.</summary>
    private double Square(double[] target, double unit) => Inside(target, unit) + Math.Max(0, Outside(unit));

    /// <summary>‖PPᵀ − C‖².</summary>
    private double Inside(double[] target, double unit)
    {
        double sum = 0;
        for (int a = 0; a < _rank; a++)
        {
            for (int b = 0; b < _rank; b++)
            {
                double product = Reductions.Dot<double>(_inside.AsSpan(a * _columns, _columns), _inside.AsSpan(b * _columns, _columns));
                double difference = (product / unit) - (target[(a * _rank) + b] / unit);
                sum += difference * difference;
            }
        }

        return sum;
    }

    /// <summary>2‖FPᵀ‖² + ‖FFᵀ‖² = Σ_ij (FᵀF)_ij·(2(PᵀP)_ij + (FᵀF)_ij).</summary>
    private double Outside(double unit)
    {
        double sum = 0;
        for (int i = 0; i < _columns; i++)
        {
            for (int j = 0; j < _columns; j++)
            {
                double inner = 0, gram = double.CreateTruncating(_gram[(i * _columns) + j]);
                for (int a = 0; a < _rank; a++)
                {
                    inner += _inside[(a * _columns) + i] * _inside[(a * _columns) + j];
                }

                sum += gram / unit * ((2 * inner / unit) + (gram / unit));
            }
        }

        return sum;
    }

    /// <summary>Writes c_jᵀP, a row of U*ᵀU or V*ᵀU.</summary>
    private void SetPart(int j)
    {
        Span<double> row = Part(j);
        row.Clear();
        for (int a = 0; a < _rank; a++)
        {
            TensorPrimitives.FusedMultiplyAdd(_inside.AsSpan(a * _columns, _columns), _coordinates[(a * _rank) + j], row, row);
        }
    }

    private Span<double> Part(int j) => _part.AsSpan(j * _columns, _columns);

    private double Signal()
    {
        double sum = 0;
        for (int i = 0; i < _problem.InvariantRank; i++)
        {
            sum += Math.Sign(_problem.Eigenvalues[i]) * Share<double>(Part(i), _problem.SignalNuclearNorm);
        }

        return sum;
    }

    private double Spurious() => Share<double>(_part.AsSpan(_problem.InvariantRank * _columns), _problem.SpuriousRank);

    /// <summary>‖E‖ of (18), E = F + B(P − Bᵀ[U*, V*]·[U*, V*]ᵀU): the second part is there where the subspaces are not orthogonal.</summary>
    private double Residual()
    {
        for (int a = 0; a < _rank; a++)
        {
            Span<double> row = _other.AsSpan(a * _columns, _columns);
            _inside.AsSpan(a * _columns, _columns).CopyTo(row);
            for (int j = 0; j < _rank; j++)
            {
                TensorPrimitives.FusedMultiplyAdd(Part(j), -_coordinates[(a * _rank) + j], row, row);
            }
        }

        return ScaledProducts.Norm<double>([ScaledProducts.Norm<T>(_rest), ScaledProducts.Norm<double>(_other)]);
    }
}
