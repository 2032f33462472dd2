package dev.lanewise.model;

import dev.lanewise.spec.Dense;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;

/** {@link Tiny} with a pooling between its stages, and with dense layers and dropouts. */
@Network(like = Tiny.class)
@Stage(name = "2", pool = @Pool(value = Pool.Kind.MAX, name = "pool2", size = 2))
@Head(
    pool = @Pool(Pool.Kind.NONE),
    hidden = {
      @Dense(name = "hidden", units = 12, dropout = 0.25),
      @Dense(name = "hidden2", units = 10, batchNorm = "hidden2_bn")
    },
    dropout = 0.5)
public interface TinyDense {}
