using System.Globalization;
using System.Numerics;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The sizes of the one-step terms as comma-separated values: invariant culture, round-trip digits, lines ending in a line feed. Thread-safe: no state.
/// </summary>
/// <remarks>
/// Columns: step, environment (its label's numbers joined by <c>;</c>, empty for pooled training), phase (1, 2, 3 for beyond, or empty), then operator and
/// Frobenius norm of R_t and of the dominating, interaction and RIP terms of (22), of Q_t and the terms of (23), of E_t and the terms of (24), and
/// split_error, by how much the terms miss the iterate.
/// </remarks>
public static class DynamicsCsv
{
    /// <summary>The header row.</summary>
    public const string Header =
        "step,environment,phase,"
        + "r_operator,r_frobenius,r_dominating_operator,r_dominating_frobenius,r_interaction_operator,r_interaction_frobenius,r_rip_operator,r_rip_frobenius,"
        + "q_operator,q_frobenius,q_fluctuation_operator,q_fluctuation_frobenius,q_interaction_operator,q_interaction_frobenius,"
        + "q_rip_operator,q_rip_frobenius,"
        + "e_operator,e_frobenius,e_shrinkage_operator,e_shrinkage_frobenius,e_interaction_operator,e_interaction_frobenius,e_rip_operator,e_rip_frobenius,"
        + "split_error";

    /// <summary>Writes header and rows.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="recorder">What was recorded.</param>
    /// <param name="writer">Where the text goes.</param>
    public static void Write<T>(DynamicsRecorder<T> recorder, TextWriter writer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Header);
        writer.Write('\n');
        for (int i = 0; i < recorder.Rows.Length; i++)
        {
            DynamicsRow row = recorder.Rows[i];
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row.Step},"));
            string separator = "";
            foreach (double number in recorder.GetEnvironmentLabel(i))
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{separator}{number}"));
                separator = ";";
            }

            writer.Write(string.Create(CultureInfo.InvariantCulture, $",{(int?)row.Phase},"));
            Write(row.Invariant, writer);
            Write(row.Spurious, writer);
            Write(row.Residual, writer);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row.SplitError}\n"));
        }
    }

    private static void Write(SplitSizes sizes, TextWriter writer)
    {
        ReadOnlySpan<MatrixSize> all = [sizes.Next, sizes.Main, sizes.Interaction, sizes.RipError];
        foreach (MatrixSize size in all)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{size.Operator},{size.Frobenius},"));
        }
    }
}
