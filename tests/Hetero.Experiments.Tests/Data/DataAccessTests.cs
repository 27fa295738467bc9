using System.Buffers.Binary;
using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Tests.Arrays;
using Xunit;

namespace Hetero.Experiments.Tests.Data;

/// <summary>The same numbers train with the same bits, whichever type, byte order and order of indices their files have, in memory, mapped or converted in chunks, on any number of threads.</summary>
public class DataAccessTests
{
    private const int Samples = 700, P = 10;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_file_and_every_way_into_memory(bool isDouble)
    {
        if (isDouble)
        {
            Check<double>(mapped: ["<f8C"]);
        }
        else
        {
            Check<float>(mapped: ["<f4C"]);
        }
    }

    private static void Check<T>(string[] mapped)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using DataFolder folder = DataFolder.Make(Samples);
        double[][] rows, responses;
        using (DataSet<double> made = DataSet<double>.Open(folder.Manifest))
        {
            // Numbers that float holds, so that all files have the same.
            rows = [.. made.Environments.Select(environment => environment.Measurements.ToArray().Select(x => (double)(float)x).ToArray())];
            responses = [.. made.Environments.Select(environment => environment.Responses.ToArray().Select(y => (double)(float)y).ToArray())];
        }

        T[]? first = null, firstOfAll = null;
        foreach (string kind in new[] { "<f8C", ">f8C", "<f8F", ">f8F", "<f4C", ">f4C", "<f4F", ">f4F" })
        {
            for (int e = 0; e < 2; e++)
            {
                Write(folder.PathOf($"x{e}.npy"), kind, rows[e], P);
                Write(folder.PathOf($"y{e}.npy"), kind, responses[e], 0);
            }

            foreach (ArrayAccess access in new[] { ArrayAccess.Automatic, ArrayAccess.Memory, ArrayAccess.Chunked })
            {
                foreach (int threads in new[] { 1, 2, 3 })
                {
                    using DataSet<T> data = DataSet<T>.Open(folder.Manifest, access);
                    using WorkerTeam team = new(threads);
                    TrainingOptions options = new() { Seed = 1, Samples = 500, FactorColumns = 2, InitialScale = 0.1, StepSize = StepSizeSchedule.Constant(0.05) };
                    HeteroSgd<T> trainer = new(data.CreateMeasurements(team: team), options, team);
                    Assert.Equal(TrainingStatus.Completed, trainer.Run(12).Status);
                    T[] parameters = trainer.Parameters.ToArray();
                    first ??= parameters;
                    Assert.Equal(first, parameters);

                    // All rows of an environment are read where they are, and not gathered.
                    HeteroSgd<T> whole = new(data.CreateMeasurements(team: team), options with { Samples = TrainingOptions.AllRows }, team);
                    Assert.Equal(TrainingStatus.Completed, whole.Run(5).Status);
                    firstOfAll ??= whole.Parameters.ToArray();
                    Assert.Equal(firstOfAll, whole.Parameters.ToArray());

                    // A list of numbers has the same order either way, so that those responses are mapped.
                    int expected = access == ArrayAccess.Memory ? 0 : mapped.Contains(kind) ? 4 : mapped.Contains(kind.Replace('F', 'C')) ? 2 : 0;
                    Assert.Equal(expected, data.MappedArrays);
                }
            }
        }
    }

    private static void Write(string path, string kind, double[] numbers, int columns)
    {
        int rows = columns == 0 ? numbers.Length : numbers.Length / columns, width = Math.Max(1, columns);
        string shape = columns == 0 ? $"({rows},)" : $"({rows}, {columns})";
        bool isFortran = kind[3] == 'F', isBig = kind[0] == '>';
        int size = kind[2] - '0';
        byte[] header = RawNpy.Header("{'descr': '" + kind[..3] + "', 'fortran_order': " + (isFortran ? "True" : "False") + ", 'shape': " + shape + ", }"), bytes = new byte[numbers.Length * size];
        for (int i = 0; i < numbers.Length; i++)
        {
            double number = isFortran ? numbers[(i % rows * width) + (i / rows)] : numbers[i];
            Span<byte> place = bytes.AsSpan(i * size, size);
            switch (size, isBig)
            {
                case (8, true):
                    BinaryPrimitives.WriteDoubleBigEndian(place, number);
                    break;
                case (8, false):
                    BinaryPrimitives.WriteDoubleLittleEndian(place, number);
                    break;
                case (4, true):
                    BinaryPrimitives.WriteSingleBigEndian(place, (float)number);
                    break;
                default:
                    BinaryPrimitives.WriteSingleLittleEndian(place, (float)number);
                    break;
            }
        }

        File.WriteAllBytes(path, [.. header, .. bytes]);
    }
}
