namespace Hetero.Cli.CommandLine;

/// <summary>Turns the library's complaint about an argument into one about an option.</summary>
internal static class LibraryMessage
{
    private static readonly (string Argument, string Option)[] Names =
    [
        ("options.Samples", "--samples"),
        ("options.StepSize", "--step-size"),
        ("source.MeasurementSets", "--environments"),
        ("environments.Count", "--environments"),
        ("matrices", "--precision"),
        ("options.GradientScale", "--gradient-scale"),
        ("options.InitialScale", "--init-scale"),
        ("options.NoiseDeviation", "--noise"),
        ("options.FactorColumns", "--factor-columns"),
        ("options.Start", "--start"),
        ("options.EnvironmentOrder", "--environment-order"),
        ("options.PooledShare", "--pooled-share"),
        ("dimension", "--dimension"),
        ("invariantRank", "--invariant-rank"),
        ("spuriousRank", "--spurious-rank"),
        ("eigenvalues", "--eigenvalues"),
        ("overlap", "--overlap"),
        ("spread", "--spread"),
        ("mean", "--spurious-mean"),
        ("samples", "--samples"),
        ("stepSize", "--step-size"),
        ("environments", "--environments"),
    ];

    /// <summary>The first line of the message, without the parameter's name at its end, with options instead of arguments.</summary>
    public static string Of(ArgumentException exception)
    {
        string message = exception.Message.Split('\n')[0].TrimEnd();
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        message = parameter < 0 ? message : message[..parameter];
        foreach ((string argument, string option) in Names)
        {
            message = message.Replace($"'{argument}'", $"'{option}'", StringComparison.Ordinal);
        }

        return message;
    }
}
