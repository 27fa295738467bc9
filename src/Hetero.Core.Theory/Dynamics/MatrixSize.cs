namespace Hetero.Core.Theory.Dynamics;

/// <summary>The size of a matrix in two norms.</summary>
/// <param name="Operator">The operator norm, the largest singular value.</param>
/// <param name="Frobenius">The Frobenius norm.</param>
public readonly record struct MatrixSize(double Operator, double Frobenius);
