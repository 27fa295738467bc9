using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck;

/// <summary>Configurations of FsCheck for <see cref="TheoryProperties"/>.</summary>
public static class TheoryConfig
{
    /// <summary>
    /// Quiet, and throws a <see cref="TheoryFalsifiedException"/> of one line with the smallest instance and how to replay it. The number of instances is
    /// the check's own, at most 100.
    /// </summary>
    /// <param name="check">The check.</param>
    public static Config For(TheoryCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return Default.WithName(check.Id).WithMaxTest(Math.Min(check.DefaultTrials, Config.Default.MaxTest));
    }

    /// <summary>Gets the same for any property, with FsCheck's number of cases.</summary>
    public static Config Default { get; } = Config.Quick.WithQuietOnSuccess(true).WithRunner(new OneLineRunner());
}
