using System.Numerics;

namespace Hetero.Core.Benchmarks.Peers.Native;

/// <summary>Decompositions of a <see cref="LapackLibrary"/> in one precision, with workspace of their own, of one shape. Matrices stand column by column and are overwritten, as LAPACK does.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class LapackRoutines<T>(LapackLibrary library)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const byte Vectors = (byte)'V', None = (byte)'N', Small = (byte)'S', Lower = (byte)'L';

    private readonly string _letter = typeof(T) == typeof(double) ? "d" : "s";
    private T[] _work = new T[1];
    private int[] _integers = new int[1];
    private int[] _pivots = [];
    private Routine _first, _second;

    /// <summary>Returns whether the library has a routine.</summary>
    /// <param name="name">The name without the letter of the precision.</param>
    public bool Has(string name) => library.Find(_letter + name) is not null;

    /// <summary>Eigenvalues, and eigenvectors in place of the matrix if they are wanted, by divide and conquer (SYEVD).</summary>
    public void Eigen(int n, T[] matrix, T[] values, bool vectors)
        => Run(ref _first, "syevd", (work, length, integers, count) => Eigen(_first.Code, n, matrix, values, vectors ? Vectors : None, work, length, integers, count));

    /// <summary>The k largest eigenvalues and their vectors (SYEVR).</summary>
    public void LargestEigen(int n, int k, T[] matrix, T[] values, T[] vectors)
    {
        int[] support = new int[2 * n];
        Run(ref _first, "syevr", (work, length, integers, count) => LargestEigen(_first.Code, n, k, matrix, values, vectors, support, work, length, integers, count));
    }

    /// <summary>Singular values, and the first min(m, n) vectors of both sides if they are wanted, by divide and conquer (GESDD).</summary>
    public void Singular(int m, int n, T[] matrix, T[] values, T[] left, T[] right, bool vectors)
    {
        _integers = _integers.Length < 8 * n ? new int[8 * n] : _integers;
        Run(ref _first, "gesdd", (work, length, integers, _) => Singular(_first.Code, m, n, matrix, values, left, right, vectors ? Small : None, work, length, integers));
    }

    /// <summary>R above the diagonal and Householder vectors (GEQRF), then Q in place of the matrix (ORGQR); R is copied out between.</summary>
    public void Frame(int m, int n, T[] matrix, T[] factors, T[] triangle)
    {
        Run(ref _first, "geqrf", (work, length, _, _) => Reflect(_first.Code, m, n, matrix, factors, work, length));
        for (int j = 0; j < n; j++)
        {
            matrix.AsSpan(j * m, j + 1).CopyTo(triangle.AsSpan(j * n));
        }

        Run(ref _second, "orgqr", (work, length, _, _) => Form(_second.Code, m, n, matrix, factors, work, length));
    }

    /// <summary>As <see cref="Frame"/>, with column pivoting (GEQP3).</summary>
    public void PivotedFrame(int m, int n, T[] matrix, T[] factors, T[] triangle)
    {
        _pivots = _pivots.Length < n ? new int[n] : _pivots;
        Array.Clear(_pivots);
        Run(ref _first, "geqp3", (work, length, _, _) => Pivot(_first.Code, m, n, matrix, _pivots, factors, work, length));
        for (int j = 0; j < n; j++)
        {
            matrix.AsSpan(j * m, j + 1).CopyTo(triangle.AsSpan(j * n));
        }

        Run(ref _second, "orgqr", (work, length, _, _) => Form(_second.Code, m, n, matrix, factors, work, length));
    }

    /// <summary>Least squares of full rank; the solutions are the first n numbers of each column of the sides (GELS).</summary>
    public void LeastSquares(int m, int n, int count, T[] matrix, T[] sides)
        => Run(ref _first, "gels", (work, length, _, _) => LeastSquares(_first.Code, m, n, count, matrix, sides, work, length));

    /// <summary>Least squares of any rank, the shortest solution (GELSY).</summary>
    public void ShortestSolution(int m, int n, int count, T[] matrix, T[] sides, T tolerance)
    {
        _pivots = _pivots.Length < n ? new int[n] : _pivots;
        Array.Clear(_pivots);
        Run(ref _first, "gelsy", (work, length, _, _) => Shortest(_first.Code, m, n, count, matrix, sides, _pivots, tolerance, work, length));
    }

    /// <summary>The Cholesky factor in the lower half (POTRF).</summary>
    public void Cholesky(int n, T[] matrix)
    {
        Look(ref _first, "potrf");
        var routine = (delegate* unmanaged<byte*, int*, T*, int*, int*, void>)_first.Code;
        byte half = Lower;
        int info;
        fixed (T* a = matrix)
        {
            routine(&half, &n, a, &n, &info);
        }

        Check(info);
    }

    private static int Eigen(void* routine, int n, T[] matrix, T[] values, byte job, T* work, int length, int* integers, int count)
    {
        byte half = Lower;
        int info;
        fixed (T* a = matrix, w = values)
        {
            ((delegate* unmanaged<byte*, byte*, int*, T*, int*, T*, T*, int*, int*, int*, int*, void>)routine)(
                &job, &half, &n, a, &n, w, work, &length, integers, &count, &info);
        }

        return info;
    }

    private static int LargestEigen(
        void* routine, int n, int k, T[] matrix, T[] values, T[] vectors, int[] support, T* work, int length, int* integers, int count)
    {
        byte job = Vectors, range = (byte)'I', half = Lower;
        int info, found, first = n - k + 1;
        T zero = T.Zero;
        fixed (T* a = matrix, w = values, z = vectors)
        {
            fixed (int* s = support)
            {
                ((delegate* unmanaged<byte*, byte*, byte*, int*, T*, int*, T*, T*, int*, int*, T*, int*, T*, T*, int*, int*, T*, int*, int*, int*, int*, void>)routine)(
                    &job, &range, &half, &n, a, &n, &zero, &zero, &first, &n, &zero, &found, w, z, &n, s, work, &length, integers, &count, &info);
            }
        }

        return info;
    }

    private static int Singular(
        void* routine, int m, int n, T[] matrix, T[] values, T[] left, T[] right, byte job, T* work, int length, int* integers)
    {
        int info, least = Math.Min(m, n);
        fixed (T* a = matrix, s = values, u = left, v = right)
        {
            ((delegate* unmanaged<byte*, int*, int*, T*, int*, T*, T*, int*, T*, int*, T*, int*, int*, int*, void>)routine)(
                &job, &m, &n, a, &m, s, u, &m, v, &least, work, &length, integers, &info);
        }

        return info;
    }

    private static int Reflect(void* routine, int m, int n, T[] matrix, T[] factors, T* work, int length)
    {
        int info;
        fixed (T* a = matrix, t = factors)
        {
            ((delegate* unmanaged<int*, int*, T*, int*, T*, T*, int*, int*, void>)routine)(&m, &n, a, &m, t, work, &length, &info);
        }

        return info;
    }

    private static int Pivot(void* routine, int m, int n, T[] matrix, int[] pivots, T[] factors, T* work, int length)
    {
        int info;
        fixed (T* a = matrix, t = factors)
        {
            fixed (int* p = pivots)
            {
                ((delegate* unmanaged<int*, int*, T*, int*, int*, T*, T*, int*, int*, void>)routine)(&m, &n, a, &m, p, t, work, &length, &info);
            }
        }

        return info;
    }

    private static int LeastSquares(void* routine, int m, int n, int count, T[] matrix, T[] sides, T* work, int length)
    {
        byte plain = None;
        int info;
        fixed (T* a = matrix, b = sides)
        {
            ((delegate* unmanaged<byte*, int*, int*, int*, T*, int*, T*, int*, T*, int*, int*, void>)routine)(&plain, &m, &n, &count, a, &m, b, &m, work, &length, &info);
        }

        return info;
    }

    private static int Shortest(void* routine, int m, int n, int count, T[] matrix, T[] sides, int[] pivots, T tolerance, T* work, int length)
    {
        int info, rank;
        fixed (T* a = matrix, b = sides)
        {
            fixed (int* p = pivots)
            {
                ((delegate* unmanaged<int*, int*, int*, T*, int*, T*, int*, int*, T*, int*, T*, int*, int*, void>)routine)(
                    &m, &n, &count, a, &m, b, &m, p, &tolerance, &rank, work, &length, &info);
            }
        }

        return info;
    }

    private static int Form(void* routine, int m, int n, T[] matrix, T[] factors, T* work, int length)
    {
        int info;
        fixed (T* a = matrix, t = factors)
        {
            ((delegate* unmanaged<int*, int*, int*, T*, int*, T*, T*, int*, int*, void>)routine)(&m, &n, &n, a, &m, t, work, &length, &info);
        }

        return info;
    }

    private delegate int Call(T* work, int length, int* integers, int count);

    private static void Check(int info)
    {
        if (info != 0)
        {
            throw new PeerException($"LAPACK reports {info}");
        }
    }

    private void Look(ref Routine routine, string name) => routine.Code = routine.Code is null ? library.Find(_letter + name) : routine.Code;

    /// <summary>Calls a routine, the first time with a length of −1 before: then LAPACK says how much workspace it wants. An instance is for one shape.</summary>
    private void Run(ref Routine routine, string name, Call call)
    {
        if (routine.Code is null)
        {
            Look(ref routine, name);
            T wanted = T.Zero;
            int integers = 0;
            Check(call(&wanted, -1, &integers, -1));
            int length = int.CreateChecked(wanted);
            _work = _work.Length < length ? new T[length] : _work;
            _integers = _integers.Length < integers ? new int[integers] : _integers;
        }

        fixed (T* work = _work)
        {
            fixed (int* whole = _integers)
            {
                Check(call(work, _work.Length, whole, _integers.Length));
            }
        }
    }

    /// <summary>A routine once it has been looked up.</summary>
    private struct Routine
    {
        public void* Code;
    }
}
