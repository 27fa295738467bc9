namespace Hetero.Core.Benchmarks.Factored;

/// <summary>
/// What a HeteroSGD step in factored form cannot do without, counted from the algorithm, for each of the d rows of U, d×k, and of the panel F = [U, U*, V*], d×q.
/// </summary>
/// <param name="MultiplyAdds">Multiply-adds a row.</param>
/// <param name="Gaussians">Gaussian numbers a row.</param>
/// <param name="Numbers">Numbers a row that are read from or written to memory.</param>
/// <remarks>
/// <para>Multiply-adds. A Gram matrix is symmetric: q(q+1)/2 a row, and there are two, of F and of F·X. X, an inverse of a triangle, and L are triangular: F·X takes q(q+1)/2, H·L k(k+1)/2.
/// Fᵀ(HL) and the product F·C that ends the gradient are full: q·k each. The descent takes k, and the norm that shows a divergence k. What kernels
/// compute beside the triangles is their loss, and not counted.</para>
/// <para>Gaussian numbers. H has k columns.</para>
/// <para>Memory. F is read four times: by two Gram matrices, beside H, and by the last product. G·U is written once, read and written once more, and read by the descent; U is read and written
/// by the descent. That the panel is looked at for NaN, that G·U is zeroed first, and the norm of U are passes of their own, and their loss not counted. Nor is q² counted, that is
/// nothing beside d.</para>
/// </remarks>
internal sealed record StepNeeds(double MultiplyAdds, double Gaussians, double Numbers)
{
    /// <summary>Counts a row.</summary>
    public static StepNeeds Of(int factorColumns, int columns)
    {
        double k = factorColumns, q = columns;
        double gram = q * (q + 1) / 2, scale = q * (q + 1) / 2, mixing = k * (k + 1) / 2;
        return new StepNeeds((2 * gram) + scale + mixing + (2 * q * k) + (2 * k), k, (4 * q) + (6 * k));
    }
}
