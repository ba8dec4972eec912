//! The examples at the end of the help.

pub(super) const SCREEN: &str = "\
Examples:
  nnscope                                                  the post's run, from a drawn seed
  nnscope --data spiral --hidden 8,8 --activation tanh --learning-rate 0.03 --batch-size 10
  nnscope --data mine.csv --target price --hidden 16 --optimizer adam --learning-rate 0.003
  nnscope --load run.json --epochs 2000                    continue a saved run";

pub(super) const TRAIN: &str = "\
Examples:
  nnscope train --seed 1                                   the post's lines
  nnscope train --data xor --hidden 4 --epochs 500 --until-loss 0.01 --save run.json
  nnscope train --seed 1 --format jsonl --log-every 100    for programs: losses and parameters";

pub(super) const SWEEP: &str = "\
Examples:
  nnscope sweep --seeds 20000
  nnscope sweep --data xor --hidden 3 --seeds 500 --format csv";

pub(super) const PREDICT: &str = "\
Examples:
  nnscope predict run.json 128 63
  nnscope predict run.json 58kg 160cm
  nnscope predict run.json --grid weight=110:170:61,height=58:76:37 --format csv";

pub(super) const LEARN: &str = "\
Examples:
  nnscope learn                                 continue where you were
  nnscope learn 5                               which way is down?
  nnscope learn neuron --format text            the text, with its computed figures";

pub(super) const SCREENSHOT: &str = "\
Examples:
  nnscope screenshot --seed 42 --at-epoch 140 --output train.svg
  nnscope screenshot --view backprop --size 120x40 --output backprop.svg
  nnscope screenshot --data spiral --hidden 8,8 --view surface --at-epoch 500 --output spiral.svg
  nnscope screenshot --seed 42 --at-epoch 140 --slice w6,b3 --output slice.svg
  nnscope screenshot --seed 42 --epochs 0..200 --every 5 --output train.svg
  nnscope screenshot --view learn --lesson 5 --size 100x30 --output lesson.svg";
