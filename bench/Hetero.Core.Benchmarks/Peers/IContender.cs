namespace Hetero.Core.Benchmarks.Peers;

/// <summary>One side of a comparison, or a ceiling: something that does its work again and again and can tell how long it takes.</summary>
internal interface IContender
{
    /// <summary>Gets the work of one run, in the unit of the comparison.</summary>
    double Work { get; }

    /// <summary>Runs until the time of a run is steady, and learns how often it fits into a round.</summary>
    void Warm();

    /// <summary>Runs for about <see cref="Rounds.FillSeconds"/>, at least once.</summary>
    /// <returns>The shortest time of one run, in seconds.</returns>
    double Best();
}
