using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace YourParts;

/// <summary>Ends a run when a step changes the parameters by less than a tolerance, relative to their norm.</summary>
public sealed class StopWhenStill(double tolerance) : ITrainingObserver<double>
{
    private double[] _before = [];

    // The parameters alone, so that it observes runs in factored form too.
    public SnapshotParts Needs => SnapshotParts.None;

    // As long as the parameters of a d×k factor.
    public Int128 BufferBytes(in RunSizes sizes) => sizeof(double) * (Int128)sizes.Dimension * sizes.Columns;

    public void Observe(in TrainingSnapshot<double> snapshot)
    {
        ReadOnlySpan<double> now = snapshot.Parameters;
        if (_before.Length == now.Length)
        {
            double change = 0, size = 0;
            for (int i = 0; i < now.Length; i++)
            {
                change += (now[i] - _before[i]) * (now[i] - _before[i]);
                size += now[i] * now[i];
            }

            if (change <= tolerance * tolerance * size)
            {
                snapshot.Stop();
            }
        }
        else
        {
            _before = new double[now.Length];
        }

        // What is not copied is gone: the memory is the trainer's.
        now.CopyTo(_before);
    }
}
