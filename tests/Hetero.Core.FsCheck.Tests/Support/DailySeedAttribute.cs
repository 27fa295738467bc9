using FsCheck.Xunit;

namespace Hetero.Core.FsCheck.Tests.Support;

/// <summary>
/// The properties of a class start at the <see cref="DailySeed"/>, and one whose hypotheses are met on fewer than a fifth of its cases fails:
/// FsCheck is exhausted then.
/// </summary>
// It derives from FactAttribute only because FsCheck's attribute for classes does, and marks no test whose source could be shown.
#pragma warning disable xUnit3003
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DailySeedAttribute : PropertiesAttribute
{
    public DailySeedAttribute(int cases)
        => (Replay, MaxTest, MaxRejected, QuietOnSuccess) = (DailySeed.Replay, cases, TheoryConfig.RejectedPerTest * cases, true);
}
