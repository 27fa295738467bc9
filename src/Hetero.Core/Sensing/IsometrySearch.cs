using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// The search for a symmetric matrix of rank at most s on which wᵀHw/‖w‖² is extreme. A step w ← P_s(w ± τ(Hw − ρw)), ρ the ratio, is one of power
/// iteration on ±(H − cI) with τ = 1/|ρ − c|. With c at the far end of the spectrum that form is positive semidefinite, hence convex, and the ratio
/// cannot get worse: so from τ = 1/(λ_max − λ_min) down every step is safe, and longer ones are kept as long as they improve.
/// </summary>
internal sealed class IsometrySearch
{
    private const int EigenvectorStarts = 4;
    private const int RandomStarts = 12;
    private const int Finalists = 3;
    private const int FirstSteps = 30;
    private const int FinalSteps = 3000;

    private readonly IsometryForm _form;
    private readonly RankProjection _projection;
    private readonly double _sign;
    private readonly double _spread;
    private readonly double _negligible;

    private IsometrySearch(IsometryForm form, int rank, bool largest)
    {
        (_form, _projection, _sign) = (form, new RankProjection(form.Dimension, rank), largest ? 1 : -1);
        double[] values = form.Spectrum.Values;
        _spread = values[^1] - values[0];

        // A number whose inverse is out of range is no spread to divide by.
        _negligible = Math.Max(Math.ScaleB(values[^1], -46), Math.ScaleB(1, -1000));
    }

    /// <summary>Returns the best matrix found; never worse than <paramref name="previous"/>.</summary>
    public static IsometryExtreme Run(IsometryForm form, int rank, bool largest, IsometryExtreme? previous, ulong seed)
    {
        IsometrySearch search = new(form, rank, largest);
        List<(double Ratio, double[] Matrix)> found = [];
        foreach (double[] start in search.Starts(rank, largest, previous, seed))
        {
            if (search._projection.Normalize(start))
            {
                found.Add(search.Climb(start, FirstSteps));
            }
        }

        IsometryExtreme? best = previous;
        foreach ((_, double[] matrix) in found.OrderBy(candidate => -search._sign * candidate.Ratio).Take(Finalists))
        {
            IsometryExtreme extreme = new(form, search.Climb(matrix, FinalSteps).Matrix);
            best = best is null || search._sign * (extreme.Ratio - best.Ratio) > 0 ? extreme : best;
        }

        return best!;
    }

    private IEnumerable<double[]> Starts(int rank, bool largest, IsometryExtreme? previous, ulong seed)
    {
        if (previous is not null && _spread > _negligible)
        {
            // One power step leaves the matrices of rank s − 1, among which this one is a fixed point.
            double[] start = new double[_form.SvecLength];
            _form.Apply(previous.SvecForm, start);
            for (int i = 0; i < start.Length; i++)
            {
                start[i] = previous.SvecForm[i] + (_sign * (start[i] - (previous.Ratio * previous.SvecForm[i])) / _spread);
            }

            yield return start;
        }

        for (int i = 0; i < Math.Min(EigenvectorStarts, _form.SvecLength); i++)
        {
            yield return RipConstants.Eigenvector(_form, largest ? _form.SvecLength - 1 - i : i);
        }

        for (int i = 0; i < RandomStarts; i++)
        {
            // The top substream is the instances' own.
            RandomStream stream = new(seed, StreamPurpose.Theory, rank, RandomStream.MaxSubstream - 1 - (2 * i) - (largest ? 0 : 1));
            double[] start = new double[_form.SvecLength];
            stream.FillGaussian(0, start.AsSpan());
            yield return start;
        }
    }

    private (double Ratio, double[] Matrix) Climb(double[] start, int steps)
    {
        double[] current = start, next = new double[start.Length], image = new double[start.Length];
        double ratio = Image(current, image);
        if (!(_spread > _negligible))
        {
            return (ratio, current);
        }

        double safe = 1 / _spread, length = 4 * safe;
        for (int step = 0, still = 0; step < steps && still < 3; step++)
        {
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = current[i] + (_sign * length * (image[i] - (ratio * current[i])));
            }

            double[] nextImage = new double[start.Length];
            double nextRatio = _projection.Normalize(next) ? Image(next, nextImage) : double.NaN;
            double gain = _sign * (nextRatio - ratio);
            if (gain > 0)
            {
                (current, next, image, ratio) = (next, current, nextImage, nextRatio);
                length *= 1.5;
            }
            else
            {
                length = Math.Max(safe, 0.4 * length);
            }

            // No gain from a safe step, or gains at the level of round-off: the iteration stands still.
            still = gain > _negligible || length > 2 * safe ? 0 : still + 1;
        }

        return (ratio, current);
    }

    private double Image(double[] matrix, double[] image)
    {
        _form.Apply(matrix, image);
        return Reductions.Dot<double>(matrix, image);
    }
}
