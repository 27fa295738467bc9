using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>M = vvᵀ with one fault.</summary>
internal sealed class BrokenModel(string fault) : Model<double>(D, new MatrixShape(D, 1))
{
    public const int D = 4;

    private double[] _last = new double[D];
    private int _calls;

    public override bool IsGramFactor => fault is not ("negative" or "constant");

    public override void Start(Span<double> parameters, CancellationToken cancellation = default)
    {
        parameters[(fault == "start" ? 1 : 0)..].Fill(0.5);
        if (fault == "start NaN")
        {
            parameters[2] = double.NaN;
        }
    }

    public override void CopyMatrix(ReadOnlySpan<double> parameters, Span<double> svec, CancellationToken cancellation = default)
    {
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double entry = parameters[i] * parameters[j] * (i == j ? 1 : Math.Sqrt(2)) * (fault == "negative" ? -1 : 1);
                svec[Svec.IndexOf(i, j)] = fault == "adds" ? svec[Svec.IndexOf(i, j)] + entry : entry;
            }
        }

        if (fault == "constant")
        {
            svec.Fill(0.5);
        }

        if (fault == "not the Gram matrix")
        {
            svec[3] *= 1 + 1e-8;
        }

        if (fault == "counts")
        {
            svec[0] += 1e-9 * _calls++;
        }

        if (fault == "allocates in CopyMatrix")
        {
            Kept.Array = new double[3];
        }

        _last = fault == "caches" ? [.. parameters] : _last;
    }

    public override void PullBack(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> direction, CancellationToken cancellation = default)
    {
        ReadOnlySpan<double> v = fault == "caches" ? _last : parameters;
        for (int i = 0; i < D; i++)
        {
            double sum = fault == "adds to the direction" ? direction[i] : 0;
            for (int j = 0; j < D; j++)
            {
                sum += gradient[Svec.IndexOf(i, j)] / (i == j || fault == "forgets √2" ? 1 : Math.Sqrt(2)) * v[j];
            }

            direction[i] = fault switch
            {
                "uphill" => -sum,
                "a factor for each point" => sum * parameters[0],
                "off by 1e-3" => i == 0 ? sum * 1.001 : sum,
                "zero" => 0,
                _ => sum,
            };
        }

        if (fault == "throws")
        {
            throw new InvalidOperationException("No direction today.");
        }
    }

    public override void Describe(PartDescription description)
    {
        if (fault != "no description")
        {
            description.Add("model", fault == "comma" ? 0.5.ToString() : "broken");
        }
    }
}
