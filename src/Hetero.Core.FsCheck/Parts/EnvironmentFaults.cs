using Hetero.Core.Environments;
using Hetero.Core.Random;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of a law of environments.</summary>
internal sealed class EnvironmentFaults(EnvironmentDistribution law, int draws, ulong seed)
{
    // Of a chance of 1e-9 for a whole call half goes to the means and half to the frequencies.
    private const double FalseAlarms = 5e-10, RoundOff = 1e-9;
    private const int MostListed = 1 << 16;

    private readonly FaultList _faults = new();
    private readonly int _size = law.Rank * law.Rank;

    public IReadOnlyList<string> Find()
    {
        if (_faults.Require(
                double.IsFinite(law.LargestEntry) && law.LargestEntry >= 0, $"LargestEntry is {law.LargestEntry}; accepted is a finite number, 0 or above.")
            && _faults.Require(law.LabelLength >= 0, $"LabelLength is {law.LabelLength}; accepted is 0 or above.")
            && _faults.Try("CopyMean", CheckMean)
            && _faults.Try("Draw", CheckStreams))
        {
            _faults.Try("The list", CheckList);
            _faults.Try("Draw", CheckLaw);
            double[] sigma = new double[_size], label = new double[law.LabelLength];
            int step = 0;
            _faults.AllocatesNothing("Draw", 16, () => law.Draw(Stream(step++), sigma, label));
        }

        _faults.Describes(law.Describe, law.Describe);
        return _faults.Sentences;
    }

    private RandomStream Stream(int step) => new(seed, StreamPurpose.User, step);

    private double[] Mean(double before)
    {
        double[] mean = Numbers.Filled(_size, before);
        law.CopyMean(mean);
        return mean;
    }

    private (double[] Sigma, double[] Label, int Index) Draw(int step, double before = double.NaN)
    {
        double[] sigma = Numbers.Filled(_size, before), label = Numbers.Filled(law.LabelLength, before);
        return (sigma, label, law.Draw(Stream(step), sigma, label));
    }

    private void CheckMean()
    {
        double[] mean = Mean(double.NaN);
        if (CheckMatrix(mean, "CopyMean writes", "CopyMean leaves NaN that stood there before, or writes what is"))
        {
            _faults.SameBits<double>(mean, Mean(1), $"CopyMean leaves entries as they were, adds to them, or is not the same twice");
        }
    }

    private bool CheckMatrix(double[] sigma, string what, string notFinite)
    {
        if (!_faults.Finite<double>(sigma, $"{notFinite}"))
        {
            return false;
        }

        for (int i = 0; i < law.Rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double below = sigma[(i * law.Rank) + j], above = sigma[(j * law.Rank) + i];
                if (!_faults.Require(
                        Math.Abs(below - above) <= RoundOff * law.LargestEntry, $"{what} {below} at ({i}, {j}) and {above} at ({j}, {i}): Σ is symmetric.")
                    || !_faults.Require(
                        Math.Max(Math.Abs(below), Math.Abs(above)) <= law.LargestEntry * (1 + 1e-12),
                        $"{what} {below} at ({i}, {j}), beyond the LargestEntry {law.LargestEntry}."))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Some streams, one after another, again in another order, and on two threads at once.</summary>
    private void CheckStreams()
    {
        const int Streams = 64;
        (double[] Sigma, double[] Label, int Index)[] first = [.. Enumerable.Range(0, Streams).Select(step => Draw(step))], shared = new (double[], double[], int)[Streams];
        for (int step = Streams - 1; step >= 0; step--)
        {
            if (!Same(first[step], Draw(step, before: 1), "leaves memory as it was, or depends on more than its stream"))
            {
                return;
            }
        }

        Parallel.For(0, Streams, new ParallelOptions { MaxDegreeOfParallelism = 2 }, step => shared[step] = Draw(step));
        for (int step = 0; step < Streams && Same(first[step], shared[step], "gives something else on two threads at once"); step++)
        {
        }
    }

    private bool Same((double[] Sigma, double[] Label, int Index) one, (double[] Sigma, double[] Label, int Index) other, string what)
        => _faults.SameBits<double>(one.Sigma, other.Sigma, $"Draw {what}: in Σ")
            && _faults.SameBits<double>(one.Label, other.Label, $"Draw {what}: in the label")
            && _faults.Require(one.Index == other.Index, $"Draw {what}: the index is {one.Index} at first and {other.Index} then.");

    private void CheckList()
    {
        if (law.Count is not { } count || !_faults.Require(count >= 1, $"Count is {law.Count}; accepted is 1 or more, or null for a continuous law.") || count > MostListed)
        {
            return;
        }

        double sum = 0;
        double[] mean = new double[_size], sigma = new double[_size], expected = Mean(0);
        for (int e = 0; e < count; e++)
        {
            double probability = law.GetProbability(e);
            sum += probability;
            Array.Fill(sigma, double.NaN);
            law.CopyMatrix(e, sigma);
            if (!_faults.Require(probability is > 0 and <= 1, $"Environment {e} has the probability {probability}; accepted is above 0 and at most 1.")
                || !CheckMatrix(sigma, $"Σ of environment {e} has", $"Σ of environment {e} is"))
            {
                return;
            }

            mean = Numbers.Along(mean, probability, sigma);
        }

        double distance = Numbers.Distance<double>(mean, expected);
        _faults.Require(Math.Abs(sum - 1) <= RoundOff, $"The probabilities have the sum {sum}; 1 is right.");
        _faults.Require(distance <= RoundOff * law.LargestEntry * law.Rank, $"CopyMean is {distance} from Σ_e π_e·Σ^(e) of the list.");
    }

    /// <summary>What single draws are, and their means and frequencies by Hoeffding's inequality for numbers of a known range.</summary>
    private void CheckLaw()
    {
        double[] sum = new double[_size], mean = Mean(0), sigma = new double[_size], label = new double[law.LabelLength];
        int[] counts = law.Count is { } listed and <= MostListed ? new int[listed] : [];
        for (int step = 0; step < draws; step++)
        {
            int index = law.Draw(Stream(step), sigma, label);
            if (!CheckMatrix(sigma, "Draw writes", "Draw leaves NaN that stood there before, or writes what is")
                || !_faults.Finite<double>(label, $"Draw's label is")
                || !CheckIndex(index, sigma, label))
            {
                return;
            }

            for (int i = 0; i < _size; i++)
            {
                sum[i] += sigma[i];
            }

            if (counts.Length > 0)
            {
                counts[index]++;
            }
        }

        double far = 2 * law.LargestEntry * Math.Sqrt(Math.Log(2.0 * _size / FalseAlarms) / (2.0 * draws));
        for (int i = 0; i < _size; i++)
        {
            if (!_faults.Require(
                Math.Abs((sum[i] / draws) - mean[i]) <= far + (RoundOff * law.LargestEntry),
                $"The mean of {draws} draws is {sum[i] / draws} at ({i / law.Rank}, {i % law.Rank}), and CopyMean says {mean[i]}: more than {far} apart."))
            {
                break;
            }
        }

        far = Math.Sqrt(Math.Log(2.0 * counts.Length / FalseAlarms) / (2.0 * draws));
        for (int e = 0; e < counts.Length; e++)
        {
            double share = (double)counts[e] / draws;
            if (!_faults.Require(
                Math.Abs(share - law.GetProbability(e)) <= far,
                $"Environment {e} comes in a share of {share} of {draws} draws, and GetProbability says {law.GetProbability(e)}: more than {far} apart."))
            {
                break;
            }
        }
    }

    private bool CheckIndex(int index, double[] sigma, double[] label)
    {
        if (law.Count is not { } count)
        {
            return _faults.Require(index == -1, $"Draw returns the index {index} from a continuous law; accepted is -1.");
        }

        if (!_faults.Require(index >= 0 && index < count, $"Draw returns the index {index}; accepted with Count {count} is from 0 to {count - 1}."))
        {
            return false;
        }

        double[] listed = new double[_size], listedLabel = new double[label.Length];
        law.CopyMatrix(index, listed);
        law.CopyLabel(index, listedLabel);
        return _faults.SameBits<double>(sigma, listed, $"CopyMatrix differs from what Draw writes of environment {index}")
            && _faults.SameBits<double>(label, listedLabel, $"CopyLabel differs from what Draw writes of environment {index}");
    }
}
