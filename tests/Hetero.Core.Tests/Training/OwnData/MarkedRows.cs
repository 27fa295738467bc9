using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Training;

/// <summary>
/// Data from whose gradients the rows of a batch can be read: row i of environment e is a unit of svec of its own with y = −1, and the iterate stays near 0.
/// </summary>
internal sealed class MarkedRows : ITrainingObserver<double>
{
    public const int Dimension = 16;
    private readonly int[] _rows;
    private readonly int _weights;

    /// <param name="weights">The number of samples that a gradient is divided by.</param>
    /// <param name="rows">The number of rows of each environment.</param>
    public MarkedRows(int weights, params int[] rows) => (_weights, _rows) = (weights, rows);

    /// <summary>Gets how often each row of each environment was taken in each step.</summary>
    public List<int[][]> Steps { get; } = [];

    /// <summary>Gets the labels of the environments of each step.</summary>
    public List<double[]> Labels { get; } = [];

    public static TrainingOptions Options { get; } = new()
    {
        Seed = 3, InitialScale = 1e-5, FactorColumns = 1, StepSize = StepSizeSchedule.Constant(1e-12),
    };

    public MeasuredData<double> Measured(RowOrder order, ulong seed = 5, double[]? probabilities = null)
    {
        int p = Svec.Length(Dimension), unit = 0;
        EnvironmentSamples<double>[] samples = new EnvironmentSamples<double>[_rows.Length];
        for (int e = 0; e < samples.Length; e++)
        {
            double[] measurements = new double[_rows[e] * p], responses = new double[_rows[e]];
            for (int i = 0; i < responses.Length; i++)
            {
                measurements[(i * p) + unit++] = 1;
                responses[i] = -1;
            }

            samples[e] = new(measurements, responses);
        }

        return new MeasuredData<double>(Dimension, samples, probabilities: probabilities, order: order, seed: seed);
    }

    public void Observe(in TrainingSnapshot<double> snapshot)
    {
        if (snapshot.Gradient.IsEmpty)
        {
            return;
        }

        int[][] step = new int[_rows.Length][];
        for (int e = 0, unit = 0; e < _rows.Length; e++)
        {
            step[e] = new int[_rows[e]];
            for (int i = 0; i < step[e].Length; i++)
            {
                step[e][i] = (int)Math.Round(snapshot.Gradient[unit++] * _weights);
            }
        }

        Steps.Add(step);
        Labels.Add(snapshot.EnvironmentLabel.ToArray());
    }
}
