using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>Says what can be checked.</summary>
internal static class VerifyList
{
    public static void Write(TextWriter writer, IReadOnlyList<TheoryCheck> checks)
    {
        foreach (TheoryCheck check in checks)
        {
            writer.WriteLine($"{check.Id}  {check.Equations}  {Finding.NameOf(check.Kind)}, stated: {Finding.NameOf(check.Stated)}");
            writer.WriteLine($"    {check.Statement}");
            writer.WriteLine($"    {check.Remark}");
        }
    }
}
