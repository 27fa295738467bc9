namespace Hetero.Core.Theory.Dynamics;

/// <summary>The sizes of R, Q or E after a step and of the three terms that it is the sum of, (22), (23) or (24).</summary>
/// <param name="Next">R, Q or E after the step.</param>
/// <param name="Main">The dominating, fluctuation or shrinkage dynamics.</param>
/// <param name="Interaction">The interaction error.</param>
/// <param name="RipError">The RIP error.</param>
public readonly record struct SplitSizes(MatrixSize Next, MatrixSize Main, MatrixSize Interaction, MatrixSize RipError);
