namespace Hetero.Core.Numerics;

/// <summary>Work that splits into parts which may run at the same time, in any order, on any thread of a <see cref="WorkerTeam"/>.</summary>
internal interface ITeamWork
{
    /// <summary>Does one part. No two parts write to the same element.</summary>
    void Execute(int part);
}
