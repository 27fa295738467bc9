using System.Numerics;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>
/// Rows against decompositions of PyTorch and, on one thread and in double, of NumPy, with the LAPACK that they load, from 100 rows on: below, a call through Python takes a share of the time. PyTorch
/// writes into memory of an earlier result, NumPy has memory of its own for each.
/// </summary>
internal static class PythonCases
{
    private const int LeastRows = 100;

    /// <summary>Adds the contenders and rows of one case.</summary>
    /// <param name="result">The case.</param>
    /// <param name="context">The workers, and the number of threads.</param>
    /// <param name="label">The rows' label.</param>
    /// <param name="ours">Our side.</param>
    /// <param name="operation">The function of torch.linalg.</param>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="numbers">Our numbers, once we have run, in the order of linalg.py.</param>
    public static void Compare<T>(PeerCase result, PeerContext context, string label, IContender ours, string operation, int rows, int columns, Func<IEnumerable<T>> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows < LeastRows)
        {
            return;
        }

        ours.Burst(0.001);
        double[] fingerprint = TestData.Fingerprint<T>(numbers().ToArray());
        string arguments = FormattableString.Invariant($"{operation} {Precision.Name<T>()} {rows} {columns}");
        Add("linalg_torch", "PyTorch", info => info.TorchLapack);
        if (context.Threads == 1 && typeof(T) == typeof(double))
        {
            Add("linalg_numpy", "NumPy", info => info.Lapack);
        }

        void Add(string script, string name, Func<WorkerInfo, string?> lapack)
        {
            IContender? theirs = result.Add(
                context, script, arguments, 1, answer => result.RequireSame($"{label}, {name}", fingerprint, answer, Precision.Tolerance<T>()));
            if (theirs is not null)
            {
                result.Compare(label, $"{name} on {lapack(context.Worker(script).CheckSettings())}", ours, theirs, null, null);
            }
        }
    }
}
