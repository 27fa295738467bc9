namespace Hetero.Core.Benchmarks.Rates;

/// <summary>Declares how much work one call of a benchmark does; a column divides it by the time.</summary>
/// <param name="unit">What is counted.</param>
/// <param name="property">
/// The public property of the suite that tells the amount, as a <see cref="double"/>. It may use the suite's parameters, but nothing that its
/// setup makes: the tables are written in a process that runs no setup.
/// </param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorkAttribute(WorkUnit unit, string property) : Attribute
{
    /// <summary>Gets what is counted.</summary>
    public WorkUnit Unit { get; } = unit;

    /// <summary>Gets the name of the property that tells the amount.</summary>
    public string Property { get; } = property;
}
