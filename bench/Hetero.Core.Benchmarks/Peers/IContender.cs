namespace Hetero.Core.Benchmarks.Peers;

/// <summary>One side of a comparison, or a ceiling: something that does its work again and again and can tell how long it takes.</summary>
internal interface IContender
{
    /// <summary>Gets the work of one run, in the unit of the comparison.</summary>
    double Work { get; }

    /// <summary>Runs until the runtime wants to compile anew, for at most so many seconds. Does nothing where nothing is compiled.</summary>
    void Burst(double seconds);

    /// <summary>Learns how often a run fits into so many seconds.</summary>
    void Calibrate(double seconds);

    /// <summary>Runs that often, at least once.</summary>
    /// <returns>The shortest time of one run, in seconds.</returns>
    double Best();
}
