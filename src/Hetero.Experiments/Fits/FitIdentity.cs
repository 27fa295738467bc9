using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Hetero.Core.Training;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Fits;

/// <summary>
/// What the state of a fit is of, rows that are held out included: a hash of all numbers up to the end of each array, so that the first that is another one names the array. Immutable.
/// </summary>
internal sealed class FitIdentity
{
    // Beyond, arrays are not told apart: a state has 16 bytes for each, at every time that it is saved.
    private const int Named = 1024, HashBytes = 16;

    private readonly DataManifest _data;
    private readonly int _size;
    private readonly double _heldOut;
    private readonly List<byte[]> _hashes;
    private readonly byte[] _truth;

    private FitIdentity(DataManifest data, int size, double heldOut, List<byte[]> hashes, byte[] all, byte[] truth)
    {
        (_data, _size, _heldOut, _hashes, _truth) = (data, size, heldOut, hashes, truth);
        Fingerprint = $"sha256:{Convert.ToHexStringLower(all)}";
    }

    /// <summary>Gets the hash of all measurements and responses.</summary>
    public string Fingerprint { get; }

    /// <summary>Hashes a data set.</summary>
    /// <param name="data">The data.</param>
    /// <param name="heldOut">The share of the rows that is held out.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static FitIdentity Of<T>(DataSet<T> data, double heldOut, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<byte[]> hashes = [];
        for (int e = 0; e < data.Environments.Count; e++)
        {
            Append(data.Environments[e].Measurements.Span);
            Keep();
            Append(data.Environments[e].Responses.Span);
            Keep();
        }

        byte[] all = hash.GetHashAndReset();
        Append(data.Truth.Span);
        return new(data.Manifest, Unsafe.SizeOf<T>(), heldOut, hashes, all, hash.GetHashAndReset());

        void Append(ReadOnlySpan<T> numbers)
        {
            foreach (ReadOnlySpan<byte> bytes in new ByteChunks<T>(numbers))
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(bytes);
            }
        }

        void Keep()
        {
            byte[] upToHere = hash.GetCurrentHash()[..HashBytes];
            if (hashes.Count < Named)
            {
                hashes.Add(upToHere);
            }
            else
            {
                // The last one stands for those beyond.
                hashes[^1] = upToHere;
            }
        }
    }

    /// <summary>Writes it to the head of a state.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_size);
        writer.Write(_data.Dimension);
        writer.Write((int)_data.Layout);
        writer.Write(_data.Environments.Count);
        writer.Write(_heldOut);
        _hashes.ForEach(writer.Write);
        writer.Write(_truth);
    }

    /// <summary>Holds that of a state against this one.</summary>
    /// <exception cref="InvalidDataException">The precision is another.</exception>
    /// <exception cref="RunMismatchException">The data are others; the message says which.</exception>
    public void Check(BinaryReader reader)
    {
        int size = reader.ReadInt32();
        if (size != _size)
        {
            throw new InvalidDataException($"It is of a fit with '--precision' {Name(size)} and not {Name(_size)}.");
        }

        Require(reader.ReadInt32() == _data.Dimension, "the dimension is another");
        Require(reader.ReadInt32() == (int)_data.Layout, "the layout is another");
        Require(reader.ReadInt32() == _data.Environments.Count, "the number of environments is another");
        Require(reader.ReadDouble().Equals(_heldOut), "the share of rows held out is another");
        for (int i = 0; i < _hashes.Count; i++)
        {
            bool isSame = reader.ReadBytes(HashBytes).AsSpan().SequenceEqual(_hashes[i]);
            Require(isSame, isSame ? "" : $"{NameOf(i)} are others");
        }

        Require(reader.ReadBytes(_truth.Length).AsSpan().SequenceEqual(_truth), "A* is another");
    }

    private static string Name(int size) => RecipeWords.Precisions.NameOf(size == sizeof(float) ? Precision.Single : Precision.Double);

    private string NameOf(int array)
    {
        DataEnvironment environment = _data.Environments[array / 2];
        string name = Values.Shown.Of(environment.Name, 60);
        return array == Named - 1 && _data.Environments.Count > Named / 2 ? $"the data of '{name}' or of an environment behind it"
            : array % 2 == 0 ? $"the measurements of '{name}' ('{Values.Shown.Of(environment.Measurements, 120)}')"
            : $"the responses of '{name}' ('{Values.Shown.Of(environment.Responses!, 120)}')";
    }

    private static void Require(bool isSame, string difference)
    {
        if (!isSame)
        {
            throw new RunMismatchException($"The state was saved by a fit of other data: {difference}.");
        }
    }
}
