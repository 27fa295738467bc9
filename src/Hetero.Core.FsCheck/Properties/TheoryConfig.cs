using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Theory;

namespace Hetero.Core.FsCheck;

/// <summary>Configurations of FsCheck for <see cref="TheoryProperties"/>.</summary>
public static class TheoryConfig
{
    /// <summary>
    /// How many cases may be rejected for each that is wanted, because they do not meet the hypotheses: 4, so that a property whose hypotheses
    /// are met on fewer than a fifth of its cases is exhausted, which is a failure. FsCheck's own number is 10. For its attributes:
    /// <c>[Property(MaxTest = 100, MaxRejected = 400)]</c>.
    /// </summary>
    public const int RejectedPerTest = 4;

    // Where the hypotheses are met on half of the instances, 3 tests are exhausted with a chance of 10⁻¹⁰, and 1 test with one of 2⁻⁴¹.
    private const int LeastRejected = 40;

    /// <summary>
    /// Quiet, and throws a <see cref="TheoryFalsifiedException"/> of one line with the smallest instance and how to replay it. The number of
    /// instances is the check's own, at most 100. <see cref="RejectedPerTest"/> times as many may be rejected, and 40 at least: of a handful too
    /// many are rejected by chance. That least number is of this configuration alone, and <see cref="WithTests"/> takes it back.
    /// </summary>
    /// <param name="check">The check.</param>
    public static Config For(TheoryCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        Config config = Default.WithName(check.Id).WithTests(Math.Min(check.DefaultTrials, Config.Default.MaxTest));
        return config.WithMaxRejected(Math.Max(config.MaxRejected, LeastRejected));
    }

    /// <summary>Gets the same for any property, with FsCheck's number of cases.</summary>
    public static Config Default { get; } = Config.Quick.WithQuietOnSuccess(true).WithRunner(new OneLineRunner()).WithTests(Config.Default.MaxTest);

    /// <summary>Changes the number of cases, and with it how many may be rejected: <see cref="RejectedPerTest"/> for each.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="tests">The number of cases that meet the hypotheses, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static Config WithTests(this Config config, int tests)
    {
        ArgumentNullException.ThrowIfNull(config);
        Require.InRange(tests, 1, int.MaxValue / RejectedPerTest);
        return config.WithMaxTest(tests).WithMaxRejected(RejectedPerTest * tests);
    }
}
