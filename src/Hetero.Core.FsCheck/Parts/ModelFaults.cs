using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of a model.</summary>
internal sealed class ModelFaults<T>(Func<WorkerTeam?, Model<T>> create, double scale, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Points = 3, Directions = 4;

    private readonly FaultList _faults = new();
    private readonly List<(T[] Parameters, T[] Gradient)> _points = [];
    private Model<T> _model = null!;

    public IReadOnlyList<string> Find()
    {
        if (_faults.Try("The function", () => _model = create(null))
            && _faults.Try("Start", CheckStart)
            && _faults.Try("CopyMatrix", CheckMatrix)
            && _faults.Try("PullBack", CheckPullBack))
        {
            _faults.Try("PullBack", CheckGradient);
            _faults.Try("A model with a team", () => TeamRuns.ForEach(CheckTeam));
            (T[] parameters, T[] gradient) = _points[^1];
            T[] svec = new T[gradient.Length], direction = new T[parameters.Length];
            _faults.AllocatesNothing("CopyMatrix", 8, () => _model.CopyMatrix(parameters, svec));
            _faults.AllocatesNothing("PullBack", 8, () => _model.PullBack(parameters, gradient, direction));
            _faults.Describes(_model.Describe, description => create(null).Describe(description));
        }

        return _faults.Sentences;
    }

    private T[] Matrix(T[] parameters) => Filled(_model.Space.Length, T.NaN, svec => _model.CopyMatrix(parameters, svec));

    private T[] Direction(T[] parameters, T[] gradient)
        => Filled(parameters.Length, T.NaN, direction => _model.PullBack(parameters, gradient, direction));

    private static T[] Filled(int length, T before, Action<T[]> write)
    {
        T[] memory = Numbers.Filled(length, before);
        write(memory);
        return memory;
    }

    private void CheckStart()
    {
        T[] start = Start(T.NaN);
        if (_faults.Finite<T>(start, $"Start writes what is"))
        {
            _faults.SameBits<T>(start, Start(T.One), $"Start leaves entries as they were, adds to them, or is not the same twice");
        }

        int p = _model.Space.Length;
        for (int i = 0; i < Points; i++)
        {
            T[] away = Numbers.Gaussian<T>(seed, i, start.Length, scale);
            _points.Add((Numbers.Along(start, 1, away), Numbers.Gaussian<T>(seed, Points + i, p)));
        }

        T[] Start(T before) => Filled(_model.ParameterCount, before, parameters => _model.Start(parameters));
    }

    private void CheckMatrix()
    {
        T[] parameters = _points[0].Parameters, matrix = Matrix(parameters);
        if (!_faults.Finite<T>(matrix, $"CopyMatrix leaves NaN that stood there before, or writes what is"))
        {
            return;
        }

        _faults.SameBits<T>(
            matrix,
            Filled(matrix.Length, T.One, svec => _model.CopyMatrix(parameters, svec)),
            $"CopyMatrix leaves entries as they were, adds to them, or is not the same twice");
        Matrix(_points[1].Parameters);
        _faults.SameBits<T>(matrix, Matrix(parameters), $"CopyMatrix depends on what was asked for before");
        if (_model.IsGramFactor)
        {
            CheckGram(parameters, matrix);
        }
    }

    private void CheckGram(T[] parameters, T[] matrix)
    {
        MatrixShape shape = _model.Shapes[0];
        if (!_faults.Require(
            _model.Shapes.Length == 1 && shape.Rows == _model.Dimension,
            $"IsGramFactor is true, but the parameters are not one factor of {_model.Dimension} rows."))
        {
            return;
        }

        T[] expected = new T[matrix.Length];
        for (int i = 0; i < shape.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = Numbers.Dot<T>(parameters.AsSpan(i * shape.Columns, shape.Columns), parameters.AsSpan(j * shape.Columns, shape.Columns));
                expected[Svec.IndexOf(i, j)] = T.CreateTruncating(product * (i == j ? 1 : Math.Sqrt(2)));
            }
        }

        double distance = Numbers.Distance<T>(matrix, expected), norm = Math.Sqrt(Numbers.Dot<T>(expected, expected));
        _faults.Require(distance <= Numbers.Tolerance<T>() * norm, $"IsGramFactor is true, but CopyMatrix is {distance} from svec(UUᵀ), whose norm is {norm}.");
    }

    private void CheckPullBack()
    {
        (T[] parameters, T[] gradient) = _points[0];
        T[] matrix = Matrix(parameters), direction = Direction(parameters, gradient);
        if (!_faults.Finite<T>(direction, $"PullBack leaves NaN that stood there before, or writes what is"))
        {
            return;
        }

        _faults.SameBits<T>(
            direction,
            Filled(direction.Length, T.One, memory => _model.PullBack(parameters, gradient, memory)),
            $"PullBack leaves entries as they were, adds to them, or is not the same twice");
        Direction(_points[1].Parameters, _points[1].Gradient);
        Matrix(_points[1].Parameters);
        _faults.SameBits<T>(direction, Direction(parameters, gradient), $"PullBack depends on what was asked for before");
        _faults.SameBits<T>(matrix, Matrix(parameters), $"CopyMatrix depends on the direction that was asked for before");
    }

    private void CheckGradient()
    {
        List<GradientLine> lines = [];
        for (int i = 0; i < Points; i++)
        {
            T[] parameters = _points[i].Parameters, matrix = Matrix(parameters);
            double size = Math.Sqrt(Numbers.Dot<T>(matrix, matrix) / matrix.Length);
            T[] target = Numbers.Gaussian<T>(seed, (2 * Points) + i, matrix.Length, size == 0 ? 1 : size);
            T[] direction = Direction(parameters, Numbers.Along(matrix, -1, target));
            for (int k = 0; k < Directions; k++)
            {
                T[] line = Numbers.Gaussian<T>(seed, 100 + (Directions * i) + k, parameters.Length, scale / Math.Sqrt(parameters.Length));
                lines.Add(new(
                    $"at point {i} along line {k}",
                    h => Loss(Numbers.Along(parameters, h, line), target),
                    Numbers.Dot<T>(direction, line)));
            }
        }

        GradientLine.Check<T>(lines, null, "PullBack's direction for ½‖M(θ) − B‖²", _faults);
    }

    private double Loss(T[] parameters, T[] target)
    {
        double distance = Numbers.Distance<T>(Matrix(parameters), target);
        return 0.5 * distance * distance;
    }

    private void CheckTeam(WorkerTeam team)
    {
        Model<T> other = create(team);
        (T[] parameters, T[] gradient) = _points[0];
        _faults.SameBits<T>(
            Matrix(parameters),
            Filled(gradient.Length, T.NaN, svec => other.CopyMatrix(parameters, svec)),
            $"CopyMatrix has other bits on a team of {team.Degree} than on the calling thread");
        _faults.SameBits<T>(
            Direction(parameters, gradient),
            Filled(parameters.Length, T.NaN, direction => other.PullBack(parameters, gradient, direction)),
            $"PullBack has other bits on a team of {team.Degree} than on the calling thread");
    }
}
